package org.torpeer.api.runtime;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that touches the real world's time, randomness or threads, which everything else takes from a
 * {@link NodeRuntime}. The build refuses such calls elsewhere.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Driver {
    /** Why the real world is needed here. */
    String value();
}
