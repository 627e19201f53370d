package io.pbts.receipt.crash;

/** Who dies at a crash point. */
enum Victim {
    REPLICA {
        @Override
        void kill(Cluster cluster) {
            cluster.replicas().forEach(Replica::kill);
        }

        @Override
        void startAgain(Cluster cluster) {
            cluster.replicas().forEach(Replica::relaunch);
            cluster.awaitReady();
        }
    },
    POSTGRES {
        @Override
        void kill(Cluster cluster) {
            cluster.postgres().kill();
        }

        @Override
        void startAgain(Cluster cluster) {
            cluster.postgres().restart();
        }
    };

    abstract void kill(Cluster cluster);

    /** What was killed, and whatever it needs to answer again. */
    abstract void startAgain(Cluster cluster);
}
