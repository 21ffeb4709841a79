package org.torpeer.api.spi;

/** Something that is looked up by its name. */
public interface NamedProvider {
    /** Lower case ASCII, unique among the providers of its kind. */
    String name();
}
