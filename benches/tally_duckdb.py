"""Counts the same levels by unit, mode and item as the tally does, with DuckDB from Parquet; prints the median of five runs."""
import sys
import time

import duckdb

csv, parquet = sys.argv[1:]
db = duckdb.connect()
db.execute("SET threads = 2")
db.execute(f"COPY (SELECT * FROM read_csv('{csv}', all_varchar = false)) TO '{parquet}' (FORMAT parquet)")
columns = [row[0] for row in db.execute(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()]
items = [name for name in columns if name not in ("unit", "mode")]
# Two ways to ask; the faster one is the yardstick.
filters = ", ".join(f"count(*) FILTER ({item} = {level})" for item in items for level in range(3, 8))
unpivot = f"SELECT unit, mode, item, level, count(*) FROM (UNPIVOT '{parquet}' ON {', '.join(items)} INTO NAME item VALUE level) GROUP BY ALL"
queries = {"filters": f"SELECT unit, mode, {filters} FROM '{parquet}' GROUP BY ALL", "unpivot": unpivot}
for name, query in queries.items():
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        db.execute(query).fetchall()
        runs.append(time.perf_counter() - start)
    print(f"DuckDB {name:9} {sorted(runs)[2]:.3f} s median of 5")
