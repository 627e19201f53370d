package io.pbts.protocol.bencode;

/** An integer. Bencode knows no bound; nothing in BitTorrent needs more than 64 bits, so larger ones are refused. */
public record BInteger(long value) implements BencodeValue {}
