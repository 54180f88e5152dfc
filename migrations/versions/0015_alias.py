"""Aliases: a short name under which a person is paid, instead of their card or telephone number."""

from alembic import op

revision = "0015_alias"
down_revision = "0014_rapidez"
branch_labels = None
depends_on = None

# Whoever used an alias keeps it for ever, in use or not: nobody is paid by mistake under another's old name.
ALIAS = """
CREATE TABLE pagos_alias (
    alias VARCHAR(20) NOT NULL,
    persona_id UUID NOT NULL,
    en_uso BOOLEAN NOT NULL,
    creado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_pagos_alias PRIMARY KEY (alias),
    CONSTRAINT fk_pagos_alias_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_pagos_alias_alias CHECK (alias ~ '^[a-z][a-z0-9]*([.][a-z0-9]+)*$' AND length(alias) >= 4)
);
CREATE UNIQUE INDEX uq_pagos_alias_en_uso ON pagos_alias (persona_id) WHERE en_uso;

CREATE FUNCTION pagos_alias_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.alias, OLD.persona_id, OLD.creado_en) IS DISTINCT FROM (NEW.alias, NEW.persona_id, NEW.creado_en) THEN
        RAISE EXCEPTION 'un alias no cambia de persona' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_alias_guardia BEFORE UPDATE ON pagos_alias
    FOR EACH ROW EXECUTE FUNCTION pagos_alias_guardia();
CREATE TRIGGER pagos_alias_sin_borrar BEFORE DELETE ON pagos_alias
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(ALIAS, execution_options={"no_parameters": True})


def downgrade() -> None:
    op.execute("DROP TABLE pagos_alias")
    op.execute("DROP FUNCTION pagos_alias_guardia")
