-- Whom a person no longer wants among those they send to often, until they send to them again: after `hasta_numero` of the ledger.
CREATE TABLE pagos_destinatario_olvidado (
    persona_id uuid NOT NULL,
    olvidado_id uuid NOT NULL,
    hasta_numero bigint NOT NULL,
    CONSTRAINT pk_pagos_destinatario_olvidado PRIMARY KEY (persona_id, olvidado_id),
    CONSTRAINT fk_pagos_destinatario_olvidado_persona_id_ciudadania_persona
        FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_pagos_destinatario_olvidado_olvidado_id_ciudadania_persona
        FOREIGN KEY (olvidado_id) REFERENCES ciudadania_persona (id)
);
GRANT SELECT, INSERT, UPDATE (hasta_numero) ON pagos_destinatario_olvidado TO qhatu_aplicacion;
