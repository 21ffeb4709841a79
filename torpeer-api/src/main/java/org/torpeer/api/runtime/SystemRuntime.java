package org.torpeer.api.runtime;

import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Real time: one daemon thread for the loop, a bounded pool for offloaded work. */
@Driver("this is where the real world comes in")
final class SystemRuntime implements NodeRuntime {
    private static final System.Logger LOG = System.getLogger(SystemRuntime.class.getName());
    /** Beyond this many waiting tasks the submitting thread does the work itself. */
    private static final int OFFLOAD_QUEUE = 1024;

    private final Loop loop;
    private final ThreadPoolExecutor offload;
    private final ThreadFactory blocking;
    private final SecureRandom random = new SecureRandom();

    SystemRuntime(String name) {
        loop = new Loop(name);
        int cores = Runtime.getRuntime().availableProcessors();
        offload = new ThreadPoolExecutor(
                cores,
                cores,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(OFFLOAD_QUEUE),
                daemons(name + "-offload"),
                new ThreadPoolExecutor.CallerRunsPolicy());
        offload.allowCoreThreadTimeOut(true);
        blocking = blockingThreads(name + "-io");
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Executor offload() {
        return offload;
    }

    @Override
    public ThreadFactory blocking() {
        return blocking;
    }

    @Override
    public void close() {
        loop.executor.shutdownNow();
        offload.shutdownNow();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Virtual threads exist from JDK 21 on, hence by reflection; platform threads otherwise. */
    private static ThreadFactory blockingThreads(String prefix) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Method name = type.getMethod("name", String.class, long.class);
            Method factory = type.getMethod("factory");
            return (ThreadFactory) factory.invoke(name.invoke(builder, prefix + "-", 1L));
        } catch (ReflectiveOperationException e) {
            return daemons(prefix);
        }
    }

    @Driver("the monotonic time of the real world")
    private static final class Loop implements EventLoop {
        /** As far ahead as nanoseconds can be counted with room to spare. */
        private static final Duration NEVER = Duration.ofDays(36_500);

        private final ScheduledThreadPoolExecutor executor;
        private volatile Thread thread = Thread.currentThread();

        Loop(String name) {
            executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread made = new Thread(task, name + "-loop");
                made.setDaemon(true);
                thread = made;
                return made;
            });
            executor.setRemoveOnCancelPolicy(true);
            executor.prestartCoreThread();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            schedule(Duration.ZERO, task);
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            try {
                Duration bounded = delay.compareTo(NEVER) < 0 ? delay : NEVER;
                Future<?> scheduled = executor.schedule(guarded(task), bounded.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {};
            }
        }

        @Override
        public boolean isCurrent() {
            return Thread.currentThread() == thread;
        }

        private static Runnable guarded(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.log(System.Logger.Level.ERROR, "a task on the event loop failed", e);
                }
            };
        }
    }
}
