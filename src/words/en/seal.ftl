# What is wrong with a private key that somebody brings. No word of a share is said again: it may be nearly one that is right.
key-file-no-key = this is no key file: it has no line { $line }
key-file-cut-off = this key file is cut off: it has no line { $line }; bring a whole copy
key-file-line = this key file is damaged: its line `{ $line }` is missing or not understood; bring another copy
key-file-fingerprint = this key file is damaged: its key and its fingerprint do not belong together; bring another copy
shares-count = a share has { $words } words, and here are { $given }
shares-not-in-list = word { $word } is not in the list; look at its first four letters
shares-misfit = these words do not fit together: one of them is another, or two have changed places
shares-foreign = this share belongs to another round, or its last word is another
shares-twice = share { $share } was given twice
shares-too-few = { $given } of the shares do not give the key of this round: more of them are needed
shares-no-quorum = write how many shares of how many are enough, such as 2-of-3: two to { $most } of two to { $most }
