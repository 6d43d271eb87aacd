//! temporary
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let folder = tempfile::tempdir()?;
    let demo = par_survey::demo::Demo {
        listen: "127.0.0.1:8080".into(),
        respondents: std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2000),
        seed: 1,
    };
    let started = std::time::Instant::now();
    let app = par_survey::demo::build(&demo, folder.path()).await?;
    println!("{} after {:?}", app.address(), started.elapsed());
    app.run().await?;
    Ok(())
}
