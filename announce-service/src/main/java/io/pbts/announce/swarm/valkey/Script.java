package io.pbts.announce.swarm.valkey;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script that the server knows by its digest; one that has forgotten it, after a restart, is told again. */
final class Script {
    private final byte[] text;
    private final RedisAsyncCommands<byte[], byte[]> commands;
    private final String digest;

    Script(String name, RedisAsyncCommands<byte[], byte[]> commands) {
        this.commands = commands;
        text = read(name);
        digest = commands.digest(text);
    }

    /** What the script answers: numbers as {@link Long}, strings as byte arrays. One round trip. */
    CompletionStage<List<Object>> run(byte[][] keys, byte[][] arguments) {
        CompletionStage<List<Object>> known = commands.evalsha(digest, ScriptOutputType.MULTI, keys, arguments);
        return known.exceptionallyCompose(failure -> isUnknown(failure)
                ? commands.eval(text, ScriptOutputType.MULTI, keys, arguments)
                : java.util.concurrent.CompletableFuture.failedStage(failure));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    private static byte[] read(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/valkey/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no script " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
