package io.pbts.contract.submission;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** How often, since the start, the chain took something of ours back or put it into another block. */
@Component
public class Reorganizations {
    private final LongAdder seen = new LongAdder();

    public long count() {
        return seen.sum();
    }

    void saw() {
        seen.increment();
    }
}
