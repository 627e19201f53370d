package io.pbts.reputation.account;

import java.util.Optional;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.repository.Repository;

/** The accounts of this instance. */
interface Accounts extends Repository<Account, Long> {

    Account saveAndFlush(Account account);

    @EntityGraph(attributePaths = "keys")
    Optional<Account> findByUserId(String userId);
}
