package io.pbts.engine.torrent;

import io.pbts.engine.EngineListener;
import io.pbts.engine.EngineSettings;
import io.pbts.engine.ServeGate;
import io.pbts.engine.limit.SlabPool;
import io.pbts.engine.limit.TokenBucket;
import io.pbts.engine.tracker.TrackerClient;
import io.pbts.protocol.torrent.PeerId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all torrents of an engine share.
 *
 * @param port where peers may connect
 * @param memory for pieces on their way
 * @param hashers threads that hash and write pieces
 * @param timer ends what takes too long
 * @param connections one permit for each connection
 * @param peerNumbers where the ids of peers come from
 */
public record Shared(
        EngineSettings settings,
        PeerId self,
        int port,
        ServeGate gate,
        EngineListener listener,
        SlabPool memory,
        TokenBucket upload,
        TokenBucket download,
        ExecutorService hashers,
        ScheduledExecutorService timer,
        TrackerClient trackers,
        Semaphore connections,
        AtomicLong peerNumbers) {}
