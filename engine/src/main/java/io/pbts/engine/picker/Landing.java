package io.pbts.engine.picker;

import io.pbts.engine.Block;
import java.nio.ByteBuffer;

/**
 * Where a block's bytes go. Must be finished or aborted.
 *
 * @param target has room for exactly the block
 */
public record Landing(Attempt attempt, Block block, ByteBuffer target) {

    int number() {
        return block.begin() / Block.SIZE;
    }
}
