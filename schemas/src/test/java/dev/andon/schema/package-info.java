/** What must stay true of the schemas for as long as anyone keeps records. */
package dev.andon.schema;
