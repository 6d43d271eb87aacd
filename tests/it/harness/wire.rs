//! What goes over the wire: a request as bytes, and a line in the middle that counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// The host and port of an address.
pub(crate) fn authority(address: &str) -> &str {
    address.trim_start_matches("http://")
}

/// Sends bytes on a connection of their own and reads until the server closes it.
pub(crate) async fn exchange(address: &str, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(authority(address)).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

/// What passed a line.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    requests: AtomicUsize,
    bytes: AtomicUsize,
}

impl Passed {
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::SeqCst)
    }
}

/// A line to a server: its own address, and the count of what passes.
pub(crate) async fn line(server: &str) -> (String, Arc<Passed>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (passed, server) = (Arc::new(Passed::default()), authority(server).to_owned());
    let counting = passed.clone();
    tokio::spawn(async move {
        while let Ok((browser, _)) = listener.accept().await {
            let (down, up) = TcpStream::connect(&server).await.unwrap().into_split();
            let (from, to) = browser.into_split();
            tokio::spawn(pump(from, up, counting.clone(), true));
            tokio::spawn(pump(down, to, counting.clone(), false));
        }
    });
    (address, passed)
}

/// Passes bytes on. A browser writes the head of a request in one piece, so that each begins a piece.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, passed: Arc<Passed>, requests: bool) {
    let mut piece = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        let bytes = &piece[..length];
        passed.bytes.fetch_add(length, Ordering::SeqCst);
        let begins = [b"GET ".as_slice(), b"POST "].iter().any(|method| bytes.starts_with(method));
        passed.requests.fetch_add(usize::from(requests && begins), Ordering::SeqCst);
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
