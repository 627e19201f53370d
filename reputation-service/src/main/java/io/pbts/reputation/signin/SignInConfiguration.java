package io.pbts.reputation.signin;

import io.pbts.protocol.signin.AbsoluteUri;
import io.pbts.protocol.signin.SignInSite;
import io.pbts.reputation.instance.Instance;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where people sign in to, as their wallets show it. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    static SignInSite signInSite(
            @Value("${pbts.public-url}") String publicUrl, SignInProperties properties, Instance instance) {
        return new SignInSite(new AbsoluteUri(publicUrl), properties.chainId(), instance.id());
    }

    @Bean
    static Turns turns(SignInProperties properties) {
        return new Turns(properties.concurrentVerifications(), properties.patience());
    }
}
