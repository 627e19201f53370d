package io.pbts.contract.submission;

import io.pbts.contract.chain.ChainProperties;
import io.pbts.contract.work.Loop;
import io.pbts.support.trace.WorkSpans;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.event.TransactionalEventListener;

@Configuration(proxyBeanMethods = false)
class SubmissionConfiguration {

    @Bean
    Loop submissionLoop(SubmissionWorker worker, ChainProperties properties, WorkSpans spans) {
        return new Loop("submission", properties.poll(), worker::step, spans);
    }

    @Bean
    Knock knock(Loop submissionLoop) {
        return new Knock(submissionLoop);
    }

    /** Wakes the loop when what somebody asked for is committed. */
    record Knock(Loop loop) {
        @TransactionalEventListener(fallbackExecution = true)
        void onAdded(Submissions.Added added) {
            loop.knock();
        }
    }
}
