/** Joins the rules with the engine asked for; the only package that names an engine's classes. */
@NullMarked
package dev.kvstore.app.wiring;

import org.jspecify.annotations.NullMarked;
