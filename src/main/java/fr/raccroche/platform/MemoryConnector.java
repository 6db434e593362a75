package fr.raccroche.platform;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;

/**
 * Channels inside one node. Several subscribers of a topic share its messages, as the consumers of a group would on a
 * broker; so a broker needs its connector among the dependencies and other lines in {@code application.properties}, and no
 * other code. Nothing is kept here: what is not acknowledged is still in the outbox.
 */
@ApplicationScoped
@Connector("raccroche-memory")
class MemoryConnector implements InboundConnector, OutboundConnector {

    private final Vertx vertx;
    private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();

    MemoryConnector(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        return topic(config);
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return new Sink(topic(config));
    }

    private Topic topic(Config config) {
        return topics.computeIfAbsent(config.getValue("topic", String.class), name -> new Topic());
    }

    private record Sink(Topic topic) implements Flow.Subscriber<Message<?>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Message<?> message) {
            topic.offer(message);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("A channel ended", failure);
        }

        @Override
        public void onComplete() {}
    }

    private final class Topic implements Flow.Publisher<Message<?>> {

        private final Queue<Message<?>> waiting = new ArrayDeque<>();
        private final List<Consumer> consumers = new ArrayList<>();
        private int next;

        @Override
        public void subscribe(Flow.Subscriber<? super Message<?>> subscriber) {
            var consumer = new Consumer(subscriber);
            synchronized (this) {
                consumers.add(consumer);
            }
            subscriber.onSubscribe(consumer);
        }

        synchronized void offer(Message<?> message) {
            waiting.add(message);
            dispatch();
        }

        private synchronized void dispatch() {
            for (Consumer idle = idle(); idle != null && !waiting.isEmpty(); idle = idle()) {
                idle.accept(waiting.remove());
            }
        }

        private @Nullable Consumer idle() {
            for (int tried = 0; tried < consumers.size(); tried++) {
                Consumer candidate = consumers.get(next++ % consumers.size());
                if (candidate.demand > 0) {
                    return candidate;
                }
            }
            return null;
        }

        private final class Consumer implements Flow.Subscription {

            private final Flow.Subscriber<? super Message<?>> subscriber;
            private final Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            private long demand;

            Consumer(Flow.Subscriber<? super Message<?>> subscriber) {
                this.subscriber = subscriber;
            }

            void accept(Message<?> message) {
                demand--;
                context.runOnContext(ignored -> subscriber.onNext(message));
            }

            @Override
            public void request(long more) {
                synchronized (Topic.this) {
                    demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
                    dispatch();
                }
            }

            @Override
            public void cancel() {
                synchronized (Topic.this) {
                    consumers.remove(this);
                }
            }
        }
    }
}
