# Words on the page of a share of a round's key, and on the screen when the key is split.
share-title = Share { $n } of { $of } of the key
share-about = It takes { $k } shares to open the sheets when the round is closed; fewer open nothing. If fewer than { $k } are left, every answer is lost.
share-keep = Keep it locked away. Take no picture, make no copy, never keep it with another share.
share-use = When the round is closed, type these 25 words in their order, or scan the code with a reader. The first four letters of each word are enough.
share-burn = Once the round is closed, burn this page.
share-fingerprint = Fingerprint of the key
share-write = Write these 25 words down, then press Enter. The screen will be cleared.
share-ask = Word { $n }:
share-wrong = That is not word { $n }. Type it again, or press Enter alone to see the share again.
share-next = Right. Let the keeper of share { $n } come before the screen, then press Enter.
