"""Keys as the server signs them, one a line: keys.py DATABASE ROUND QUESTIONNAIRE UNIT NUMBER."""

import base64
import hmac
import os
import sqlite3
import struct
import sys

file, *names, number = sys.argv[1:]
row = sqlite3.connect(file).execute(
    "SELECT r.id, q.id, u.id, s.secret FROM round r JOIN round_secret s ON s.round_id = r.id "
    "JOIN round_questionnaire q ON q.round_id = r.id, unit u WHERE r.code = ? AND q.code = ? AND u.code = ?",
    names,
).fetchone()
*rows, secret = row
about = b"form" + struct.pack(">iii", *rows)
for _ in range(int(number)):
    bits = os.urandom(16)
    signed = bits + hmac.digest(secret, about + bits, "sha256")
    print(base64.urlsafe_b64encode(signed).decode())
