package io.pbts.reputation.account.grant;

import java.math.BigInteger;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What is asked of contract-service about wallets. */
interface ContractClient {

    @GetExchange("/internal/v1/balances/{address}")
    Balance balance(@PathVariable("address") String address);

    /**
     * What a wallet has.
     *
     * @param wei in decimal, since it may exceed every number that JSON readers agree on
     * @param block after which it has that
     */
    record Balance(String wei, long block) {
        BigInteger inWei() {
            return new BigInteger(wei);
        }
    }
}
