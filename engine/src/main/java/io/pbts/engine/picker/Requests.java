package io.pbts.engine.picker;

import io.pbts.engine.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which blocks have been asked of whom and have not begun to come. */
final class Requests {

    private final Map<Source, Map<Block, Attempt>> bySource = new HashMap<>();

    /** Notes a request; false when the source has been asked for the block already. */
    boolean add(Source source, Attempt attempt, int number) {
        Map<Block, Attempt> mine = bySource.computeIfAbsent(source, _ -> new LinkedHashMap<>());
        boolean isNew = mine.putIfAbsent(attempt.block(number), attempt) == null;
        if (isNew) {
            attempt.requested(number);
        }
        return isNew;
    }

    int count(Source source) {
        Map<Block, Attempt> mine = bySource.get(source);
        return mine == null ? 0 : mine.size();
    }

    /** The request is answered, in whatever way. Answers what it was for; null when there was none. */
    @Nullable
    Attempt remove(Source source, Block block) {
        Map<Block, Attempt> mine = bySource.get(source);
        Attempt attempt = mine == null ? null : mine.remove(block);
        if (attempt != null) {
            attempt.unrequested(number(block));
        }
        return attempt;
    }

    /** The source will answer no request. Answers what it was asked for. */
    Set<Block> removeAll(Source source) {
        Map<Block, Attempt> mine = bySource.remove(source);
        if (mine == null) {
            return Set.of();
        }
        mine.forEach((block, attempt) -> attempt.unrequested(number(block)));
        return mine.keySet();
    }

    /** Nobody need send any more of the attempt. */
    List<Withdrawal> withdraw(Attempt attempt) {
        List<Withdrawal> withdrawn = new ArrayList<>();
        for (int number = 0; number < attempt.blocks(); number++) {
            if (attempt.isRequested(number)) {
                withdrawn.addAll(withdraw(attempt, attempt.block(number)));
            }
        }
        return withdrawn;
    }

    /** Nobody need send this block of the attempt any more. */
    List<Withdrawal> withdraw(Attempt attempt, Block block) {
        List<Withdrawal> withdrawn = new ArrayList<>();
        bySource.forEach((source, mine) -> {
            if (mine.remove(block, attempt)) {
                attempt.unrequested(number(block));
                withdrawn.add(new Withdrawal(source, block));
            }
        });
        return withdrawn;
    }

    void clear() {
        bySource.clear();
    }

    private static int number(Block block) {
        return block.begin() / Block.SIZE;
    }
}
