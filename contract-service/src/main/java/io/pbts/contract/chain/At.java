package io.pbts.contract.chain;

import org.web3j.protocol.core.DefaultBlockParameterName;

/** Which of the chain's states is asked. */
public enum At {
    LATEST(DefaultBlockParameterName.LATEST),
    PENDING(DefaultBlockParameterName.PENDING),
    FINALIZED(DefaultBlockParameterName.FINALIZED);

    private final DefaultBlockParameterName tag;

    At(DefaultBlockParameterName tag) {
        this.tag = tag;
    }

    /** As JSON-RPC names it. */
    public DefaultBlockParameterName tag() {
        return tag;
    }
}
