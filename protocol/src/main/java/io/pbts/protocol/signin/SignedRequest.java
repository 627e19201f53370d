package io.pbts.protocol.signin;

import io.pbts.protocol.receipt.InstanceId;

/** What a key is asked to sign for: to say who it is, or for one act of its wallet. */
public sealed interface SignedRequest permits SigningPurpose, WalletAct {

    /** The last part of the URI that is signed, and what clients call it. */
    String wireName();

    /** The statement a wallet shows to its owner: what is asked for, and by which tracker. */
    String statement(InstanceId instance);
}
