package io.lathe.workbench.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API's document says of a request's field, beyond its type. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {
    /** Whether it must be there. */
    Parameter.Need need();

    /** Regular expression of the whole text, or of each text of a list; empty for any. */
    String pattern() default "";

    /** Most characters (code points) of the text, or of each text of a list. */
    int longest() default Integer.MAX_VALUE;

    /** Least whole number; {@link Integer#MIN_VALUE} where nobody says. */
    int least() default Integer.MIN_VALUE;

    /** Greatest whole number. */
    int most() default Integer.MAX_VALUE;

    /** Fewest entries of a list. */
    int fewest() default 0;

    /** A value that fits, as JSON. */
    String example();
}
