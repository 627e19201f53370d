package io.pbts.receipt.crash;

import io.pbts.receipt.testing.World;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The places between a receipt's arrival and its answer at which a death could lose or double something. */
enum CrashPoint {
    /** The signatures are checked; the first row is not written. */
    AFTER_VERIFY(7_000_001, "trigger %s before insert on receipt.receipt_key for each statement"),
    AFTER_RECEIPT_INSERT(7_000_002, "trigger %s after insert on receipt.receipt for each statement"),
    /** Both totals are moved; that a receipt is credited is not written. */
    AFTER_BALANCES(7_000_003, "trigger %s before insert on receipt.credit for each statement"),
    /** The replica has sent its commit and Postgres works on it. */
    BEFORE_COMMIT(
            7_000_004,
            "constraint trigger %s after insert on receipt.credit_batch deferrable initially deferred for each row"),
    /** Nothing in the database waits: the answer is lost on its way, see {@link AnswerTrap}. */
    AFTER_COMMIT(7_000_005, ""),
    /** The totals of a released receipt are moved; it still stands among the held ones. */
    DURING_RELEASE(7_000_006, "trigger %s before delete on receipt.held for each statement");

    private final int key;
    private final String trigger;

    CrashPoint(int key, String trigger) {
        this.key = key;
        this.trigger = trigger;
    }

    /** Lets every transaction that comes to such a place wait while somebody has its {@link Gate} shut. */
    static void install(World world) {
        JdbcClient admin = world.admin();
        admin.sql("create schema crash").update();
        admin.sql("""
                create function crash.pass() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
                    return null;
                end
                $$""").update();
        for (CrashPoint point : values()) {
            if (!point.trigger.isEmpty()) {
                String name = "crash_" + point.key;
                admin.sql("create %s execute function crash.pass(%d)"
                                .formatted(point.trigger.formatted(name), point.key))
                        .update();
            }
        }
    }

    /** The number of its advisory lock. */
    int key() {
        return key;
    }
}
