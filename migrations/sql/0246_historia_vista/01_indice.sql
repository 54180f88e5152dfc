-- What is in force is what was seen last, also when it repeats a line that is in: who repeats it is looked for by that line.
CREATE INDEX ix_feria_historia_linea_otra ON feria_historia_linea (otro_archivo_id, otra_linea) WHERE que = 'repetido';
