"""`qhatu verify ledger`: recompute everything the ledger claims from its immutable transfers.

One statement, so one snapshot: it is exact also while payments go on, and takes no locks. Each line of the
answer says what is wrong and where; none means that the books balance.
"""

from typing import Any

import psycopg
from sqlmodel import Session

from nucleo.verificar import comprueba
from pagos.libro.transferir import conexion_psycopg

POR_CLASE = 20  # lines shown of each kind of fault

# Both sides of every transfer, and what it did to the four totals of that account.
_CON = """
    lado AS (
        SELECT t.debito AS cuenta, true AS es_debito, t.saldo_debito AS saldo, t.* FROM pagos_transferencia t
        UNION ALL
        SELECT t.credito, false, t.saldo_credito, t.* FROM pagos_transferencia t
    ), efecto AS (
        SELECT l.cuenta, l.numero, l.creada_en, l.es_debito, l.saldo,
               CASE WHEN l.tipo IN (1, 3) THEN l.monto ELSE 0 END AS firme,
               CASE WHEN l.tipo = 2 THEN l.monto WHEN l.tipo > 2 THEN -q.monto ELSE 0 END AS espera
        FROM lado l LEFT JOIN pagos_pendiente q ON q.id = l.pendiente_id
    ), corrido AS (
        SELECT e.cuenta, e.numero, e.saldo, e.creada_en,
               sum(CASE WHEN es_debito THEN -firme ELSE firme END) OVER w AS calculado,
               lag(creada_en) OVER w AS anterior
        FROM efecto e WINDOW w AS (PARTITION BY cuenta ORDER BY numero)
    ), total AS (
        SELECT cuenta, coalesce(sum(firme) FILTER (WHERE es_debito), 0) AS d,
               coalesce(sum(firme) FILTER (WHERE NOT es_debito), 0) AS c,
               coalesce(sum(espera) FILTER (WHERE es_debito), 0) AS dp,
               coalesce(sum(espera) FILTER (WHERE NOT es_debito), 0) AS cp
        FROM efecto GROUP BY cuenta
    ), uso AS (
        -- What counted toward the limits in the month each account is counting, on the day it was asked for;
        -- what a pending transfer gave back is taken from the day of that pending transfer.
        SELECT c.id, (m.en AT TIME ZONE 'America/La_Paz')::date = c.uso_dia AS hoy, m.sale, m.monto, m.veces
        FROM (
            SELECT cuenta, es_debito AS sale, creada_en AS en, monto, 1 AS veces
            FROM lado WHERE codigo < 100 AND tipo IN (1, 2)
            UNION ALL
            SELECT l.cuenta, l.es_debito, q.creada_en,
                   CASE l.tipo WHEN 3 THEN l.monto ELSE 0 END - q.monto, CASE l.tipo WHEN 3 THEN 0 ELSE -1 END
            FROM lado l JOIN pagos_pendiente q ON q.id = l.pendiente_id WHERE l.tipo > 2 AND q.codigo < 100
        ) m JOIN pagos_cuenta c ON c.id = m.cuenta
            AND date_trunc('month', m.en AT TIME ZONE 'America/La_Paz') = date_trunc('month', c.uso_dia)
    ), uso_total AS (
        SELECT id, coalesce(sum(monto) FILTER (WHERE sale AND hoy), 0) AS sd,
               coalesce(sum(monto) FILTER (WHERE NOT sale AND hoy), 0) AS ed,
               coalesce(sum(monto) FILTER (WHERE sale), 0) AS sm,
               coalesce(sum(monto) FILTER (WHERE NOT sale), 0) AS em,
               coalesce(sum(veces) FILTER (WHERE sale AND hoy), 0) AS nsd,
               coalesce(sum(veces) FILTER (WHERE NOT sale AND hoy), 0) AS ned,
               coalesce(sum(veces) FILTER (WHERE sale), 0) AS nsm,
               coalesce(sum(veces) FILTER (WHERE NOT sale), 0) AS nem
        FROM uso GROUP BY id
    )
"""

_FALLAS: dict[str, str] = {
    "partida_doble": """
        SELECT format('en %s los débitos suman %s y los créditos %s (en espera: %s y %s)', moneda,
                      sum(debitos_contabilizados), sum(creditos_contabilizados),
                      sum(debitos_pendientes), sum(creditos_pendientes))
        FROM pagos_cuenta GROUP BY moneda
        HAVING sum(debitos_contabilizados) <> sum(creditos_contabilizados)
            OR sum(debitos_pendientes) <> sum(creditos_pendientes)""",
    "totales": """
        SELECT format('cuenta %s: guarda %s/%s/%s/%s y sus transferencias suman %s/%s/%s/%s', c.id,
                      c.debitos_contabilizados, c.creditos_contabilizados,
                      c.debitos_pendientes, c.creditos_pendientes,
                      coalesce(t.d, 0), coalesce(t.c, 0), coalesce(t.dp, 0), coalesce(t.cp, 0))
        FROM pagos_cuenta c LEFT JOIN total t ON t.cuenta = c.id
        WHERE (c.debitos_contabilizados, c.creditos_contabilizados,
               c.debitos_pendientes, c.creditos_pendientes)
            IS DISTINCT FROM (coalesce(t.d, 0), coalesce(t.c, 0), coalesce(t.dp, 0), coalesce(t.cp, 0))""",
    "saldo_corrido": """
        SELECT format('cuenta %s, transferencia n.º %s: guarda el saldo %s y es %s', cuenta, numero, saldo,
                      calculado)
        FROM corrido WHERE saldo <> calculado""",
    "orden": """
        SELECT format('cuenta %s: la transferencia n.º %s es anterior en el tiempo a la que le precede',
                      cuenta, numero)
        FROM corrido WHERE creada_en < anterior""",
    "sobregiro": """
        SELECT format('cuenta %s: saldo disponible negativo', id) FROM pagos_cuenta
        WHERE (debitos_no_exceden_creditos
               AND debitos_contabilizados + debitos_pendientes > creditos_contabilizados)
           OR (creditos_no_exceden_debitos
               AND creditos_contabilizados + creditos_pendientes > debitos_contabilizados)
           OR least(debitos_contabilizados, creditos_contabilizados,
                    debitos_pendientes, creditos_pendientes) < 0""",
    "huerfana": """
        SELECT format('transferencia %s (n.º %s): la cuenta %s no existe', l.id, l.numero, l.cuenta)
        FROM lado l LEFT JOIN pagos_cuenta c ON c.id = l.cuenta WHERE c.id IS NULL""",
    "moneda": """
        SELECT format('transferencia %s (n.º %s): une cuentas de %s y %s', t.id, t.numero, d.moneda, c.moneda)
        FROM pagos_transferencia t
        JOIN pagos_cuenta d ON d.id = t.debito JOIN pagos_cuenta c ON c.id = t.credito
        WHERE d.moneda <> c.moneda""",
    "pendiente": """
        SELECT format('pendiente %s: no coincide con su transferencia', coalesce(q.id, t.id))
        FROM pagos_pendiente q
        FULL JOIN (SELECT * FROM pagos_transferencia WHERE tipo = 2) t ON t.id = q.id
        WHERE (q.id, q.debito, q.credito, q.monto, q.codigo, q.creada_en)
            IS DISTINCT FROM (t.id, t.debito, t.credito, t.monto, t.codigo, t.creada_en)""",
    "resolucion": """
        SELECT format('pendiente %s (%s): la resolvió %s, y según el libro %s',
                      coalesce(q.id, t.pendiente_id), coalesce(q.estado, 'no existe'),
                      coalesce(q.resuelta_por::text, 'nadie'),
                      coalesce(t.id::text, 'nadie'))
        FROM (SELECT * FROM pagos_pendiente WHERE estado <> 'abierta') q
        FULL JOIN (SELECT * FROM pagos_transferencia WHERE tipo > 2) t
            ON t.pendiente_id = q.id AND t.id = q.resuelta_por
        WHERE q.id IS NULL OR t.id IS NULL
           OR (q.debito, q.credito, q.resuelta_en) IS DISTINCT FROM (t.debito, t.credito, t.creada_en)
           OR q.estado <> CASE t.tipo WHEN 3 THEN 'confirmada' WHEN 4 THEN 'anulada' ELSE 'vencida' END
           OR q.monto_confirmado <> CASE t.tipo WHEN 3 THEN t.monto ELSE 0 END
           OR t.monto > q.monto""",
    "limites": """
        SELECT format('cuenta %s: sus contadores de límites no son los de sus transferencias', c.id)
        FROM pagos_cuenta c LEFT JOIN uso_total u ON u.id = c.id
        WHERE (c.salida_dia, c.entrada_dia, c.salida_mes, c.entrada_mes,
               c.salidas_dia, c.entradas_dia, c.salidas_mes, c.entradas_mes)
            IS DISTINCT FROM (
               coalesce(u.sd, 0), coalesce(u.ed, 0), coalesce(u.sm, 0), coalesce(u.em, 0),
               coalesce(u.nsd, 0), coalesce(u.ned, 0), coalesce(u.nsm, 0), coalesce(u.nem, 0))""",
    "asuntos": """
        SELECT format('transferencia %s (n.º %s): el motivo %s no mueve dinero entre %s y %s', t.id, t.numero,
                      t.codigo, d.titular_tipo, c.titular_tipo)
        FROM pagos_transferencia t
        JOIN pagos_cuenta d ON d.id = t.debito JOIN pagos_cuenta c ON c.id = t.credito
        WHERE t.tipo <= 2 AND d.moneda <> 'BOP'
          AND NOT pagos_motivo_de_asunto(d.titular_tipo, c.titular_tipo, t.codigo)
        UNION ALL
        SELECT format('cuenta %s (%s): está cerrada y no está vacía', id, asunto) FROM pagos_cuenta
        WHERE titular_tipo = 'asunto' AND cerrada AND (debitos_contabilizados <> creditos_contabilizados
              OR debitos_pendientes + creditos_pendientes > 0)""",
    "mandatos": """
        SELECT format('acto %s, mandato %s: usó %s y volvieron %s, y en el libro movió %s y soltó %s', u.acto,
                      u.mandato_id, u.tomado, u.devuelto, t.monto, q.monto - q.monto_confirmado)
        FROM registro_usos_del_libro() u
        LEFT JOIN pagos_transferencia t ON t.id = u.acto AND t.tipo <= 2
        LEFT JOIN pagos_pendiente q ON q.id = u.acto AND q.estado <> 'abierta'
        WHERE t.id IS NULL OR u.tomado <> t.monto OR u.devuelto < coalesce(q.monto - q.monto_confirmado, 0)
        UNION ALL
        SELECT format('transferencia %s: no cuenta en el mandato %s', t.id, m.id)
        FROM pagos_transferencia t JOIN pagos_cuenta d ON d.id = t.debito AND d.titular_tipo = 'unidad'
        JOIN registro_mandatos_que_suman() m (id) ON m.id IN (t.mandato, t.mandato_propio)
        LEFT JOIN registro_usos_del_libro() u ON u.acto = t.id AND u.mandato_id = m.id
        WHERE t.tipo <= 2 AND t.mandato IS NOT NULL AND u.acto IS NULL""",
}

# Constants of this file only; nothing from outside enters the text.
_CONSULTA = f"WITH {_CON} " + " UNION ALL ".join(  # noqa: S608
    f"(SELECT '{clase}: ' || falla FROM ({sql}) AS f (falla) LIMIT {POR_CLASE})"  # noqa: S608
    for clase, sql in _FALLAS.items()
)


@comprueba("libro")
def verificar_libro(sesion: Session | psycopg.Connection[Any]) -> list[str]:
    """What is wrong with the ledger, as `clase: detalle` lines, at most 20 of each class; none is well.

    Classes: partida_doble, totales, saldo_corrido, orden, sobregiro, huerfana, moneda, pendiente, resolucion,
    limites, asuntos (their reasons; closed with money), mandatos (what those that add up have used). Reads
    the whole ledger (about 20 s per million transfers), so without a time limit.
    """
    conexion = conexion_psycopg(sesion) if isinstance(sesion, Session) else sesion
    with conexion.transaction():
        conexion.execute("SET LOCAL statement_timeout = 0")
        return [str(linea) for (linea,) in conexion.execute(_CONSULTA).fetchall()]
