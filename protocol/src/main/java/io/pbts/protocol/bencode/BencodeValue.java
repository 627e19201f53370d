package io.pbts.protocol.bencode;

/** One of the four things bencode can say (BEP 3). */
public sealed interface BencodeValue permits BString, BInteger, BList, BDictionary {}
