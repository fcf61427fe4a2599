//! The bodies of the local host's responses: whole, or streamed while a function still makes them. A streamed body that
//! breaks off is an error for the client, as behind a function URL.

use bytes::Bytes;
use http::Response;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};

use crate::Error;

/// The body of a response.
pub(super) type LocalBody = UnsyncBoxBody<Bytes, Error>;

/// Makes a response whose body is complete.
pub(super) fn whole(response: Response<Full<Bytes>>) -> Response<LocalBody> {
    response.map(|body| body.map_err(|never| match never {}).boxed_unsync())
}

#[cfg(feature = "http")]
pub(super) use streamed::{BodySender, body_channel};

#[cfg(feature = "http")]
mod streamed {
    use std::pin::Pin;
    use std::task::{Context as Waker, Poll};

    use bytes::Bytes;
    use http_body_util::BodyExt;
    use hyper::body::{Body, Frame};
    use tokio::sync::mpsc::{Receiver, Sender, channel};

    use super::LocalBody;
    use crate::{Error, messages};

    /// A part of a streamed body.
    enum Piece {
        Chunk(Bytes),
        End,
    }

    /// The sender of the chunks of a body. If it is dropped before the end, the body breaks off.
    pub(in crate::host::local) struct BodySender(Sender<Piece>);

    /// The body that a sender fills.
    struct ChannelBody {
        receiver: Receiver<Piece>,
        ended: bool,
    }

    /// Makes a body, and the sender of its chunks.
    pub(in crate::host::local) fn body_channel() -> (BodySender, LocalBody) {
        let (sender, receiver) = channel(1);
        (BodySender(sender), ChannelBody { receiver, ended: false }.boxed_unsync())
    }

    impl BodySender {
        /// Sends a chunk. Returns an error if the client has gone.
        pub(in crate::host::local) async fn send(&self, chunk: Bytes) -> Result<(), Error> {
            let sent = self.0.send(Piece::Chunk(chunk)).await;
            sent.map_err(|_| messages::invocation::caller_gone())
        }

        /// Ends the body.
        pub(in crate::host::local) async fn end(self) {
            // A client that has gone needs no end.
            let _ = self.0.send(Piece::End).await;
        }
    }

    impl Body for ChannelBody {
        type Data = Bytes;
        type Error = Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Waker<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
            if self.ended {
                return Poll::Ready(None);
            }
            self.receiver.poll_recv(cx).map(|piece| match piece {
                Some(Piece::Chunk(chunk)) => Some(Ok(Frame::data(chunk))),
                Some(Piece::End) => {
                    self.ended = true;
                    None
                }
                None => {
                    self.ended = true;
                    Some(Err(messages::local::response_broken()))
                }
            })
        }

        fn is_end_stream(&self) -> bool {
            self.ended
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::testing::block_on;

        #[test]
        fn a_body_ends_only_if_its_sender_says_so() {
            block_on(async {
                let (sender, body) = body_channel();
                let send = async {
                    sender.send(Bytes::from("a")).await.unwrap();
                    sender.end().await;
                };
                let ((), body) = tokio::join!(send, body.collect());
                assert_eq!(body.unwrap().to_bytes(), "a");
                let (sender, body) = body_channel();
                let send = async { sender.send(Bytes::from("a")).await.map(|()| drop(sender)) };
                let (result, body) = tokio::join!(send, body.collect());
                assert!(result.is_ok() && body.is_err());
                let (sender, body) = body_channel();
                drop(body);
                assert_eq!(sender.send(Bytes::new()).await.unwrap_err().name(), "CallerGone");
            });
        }
    }
}
