"""`qhatu verify presupuesto`: every account of budget, recomputed from its transfers."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

POR_CLASE = 20  # lines shown of each kind of fault

_FALLAS: dict[str, str] = {
    # What is inside is what was certified: the currency adds up to zero, its only debtor is the ceiling.
    "total": """
        SELECT format('las cuentas de presupuesto suman %s centavos y debían sumar cero',
                      sum(creditos_contabilizados - debitos_contabilizados))
        FROM pagos_cuenta WHERE moneda = 'BOP'
        HAVING sum(creditos_contabilizados - debitos_contabilizados) <> 0""",
    "cuenta": """
        SELECT format('cuenta %s (%s de %s, en %s): no es como las de presupuesto', c.id, c.tipo,
                      c.titular_tipo, c.moneda)
        FROM pagos_cuenta c
        LEFT JOIN pagos_certificado x ON x.cuenta = c.id AND x.id = c.titular_id
        LEFT JOIN pagos_compromiso k ON k.cuenta = c.id AND k.asunto_id = c.titular_id
        WHERE (c.moneda = 'BOP' OR c.tipo IN ('techo', 'presupuesto', 'compromiso', 'ejecutado')) AND NOT (
            c.moneda = 'BOP' AND c.nivel = 0 AND c.debitos_no_exceden_creditos = (c.tipo <> 'techo')
            AND c.debitos_pendientes + c.creditos_pendientes = 0
            AND CASE c.tipo
                WHEN 'presupuesto' THEN x.id IS NOT NULL AND c.titular_tipo = 'asunto'
                                        AND c.asunto = 'certificacion'
                WHEN 'compromiso' THEN k.asunto_id IS NOT NULL AND c.titular_tipo = 'asunto'
                                       AND c.asunto = 'pedido_comprometido'
                ELSE c.tipo IN ('techo', 'ejecutado') AND c.titular_tipo = 'sistema' END)""",
    "motivo": """
        SELECT format('transferencia %s (n.º %s): el motivo %s no mueve presupuesto de %s a %s', t.id,
                      t.numero, t.codigo, d.tipo, c.tipo)
        FROM pagos_transferencia t
        JOIN pagos_cuenta d ON d.id = t.debito JOIN pagos_cuenta c ON c.id = t.credito
        WHERE (d.moneda = 'BOP' OR c.moneda = 'BOP' OR t.codigo BETWEEN 120 AND 129)
          AND NOT pagos_motivo_de_presupuesto(d, c, t.codigo, t.tipo, t.por_unidad, t.mandato)""",
    "mandato": """
        SELECT format('transferencia %s (n.º %s): el motivo %s no es de esos mandatos', t.id, t.numero,
                      t.codigo)
        FROM pagos_transferencia t
        WHERE t.codigo IN (120, 121, 124) AND t.mandato IS NOT NULL
          AND NOT registro_dejan(ARRAY[t.mandato, t.mandato_propio], pagos_caso_de_uso(t.codigo))""",
    "certificado": """
        SELECT format('certificado %s: certificó %s, y le quedan %s, tiene comprometidos %s y ejecutó %s',
                      x.id, m.certificado, s.saldo, k.comprometido, k.ejecutado)
        FROM pagos_certificado x
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE t.codigo WHEN 120 THEN t.monto ELSE -t.monto END), 0) AS certificado
            FROM pagos_transferencia t
            WHERE t.credito = x.cuenta AND t.codigo = 120 OR t.debito = x.cuenta AND t.codigo = 124) m
        CROSS JOIN LATERAL (
            SELECT creditos_contabilizados - debitos_contabilizados AS saldo
            FROM pagos_cuenta WHERE id = x.cuenta) s
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE WHEN t.codigo = 121 THEN t.monto ELSE -t.monto END), 0) AS comprometido,
                   coalesce(sum(t.monto) FILTER (WHERE t.codigo = 122), 0) AS ejecutado
            FROM pagos_compromiso q JOIN pagos_transferencia t ON q.cuenta IN (t.debito, t.credito)
            WHERE q.certificado_id = x.id) k
        WHERE m.certificado <> s.saldo + k.comprometido + k.ejecutado
           OR least(s.saldo, k.comprometido, k.ejecutado) < 0""",
    "compromiso": """
        SELECT format('compromiso de %s: guarda %s y comprometió %s, de los que ejecutó o liberó %s',
                      q.asunto_id, c.creditos_contabilizados - c.debitos_contabilizados, m.entro, m.salio)
        FROM pagos_compromiso q JOIN pagos_cuenta c ON c.id = q.cuenta
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(t.monto) FILTER (WHERE t.codigo = 121), 0) AS entro,
                   coalesce(sum(t.monto) FILTER (WHERE t.codigo IN (122, 123)), 0) AS salio
            FROM pagos_transferencia t WHERE c.id IN (t.debito, t.credito)) m
        WHERE m.entro < m.salio
           OR m.entro - m.salio <> c.creditos_contabilizados - c.debitos_contabilizados""",
}

# Constants of this file only; nothing from outside enters the text.
_CONSULTA = text(
    " UNION ALL ".join(
        f"(SELECT '{clase}: ' || falla FROM ({sql}) AS f (falla) ORDER BY falla LIMIT {POR_CLASE})"  # noqa: S608
        for clase, sql in _FALLAS.items()
    )
)


@comprueba("presupuesto")
def verificar_presupuesto(sesion: Session) -> list[str]:
    """What is wrong with the budget, as `clase: detalle` lines, at most 20 of each class; none is well.

    Classes: total (zero), cuenta (its shape, and whose), motivo (who moved it and why), mandato (whether they
    might), certificado (what it certified is what is left, committed and executed), compromiso (never out
    more than in).
    """
    return [str(linea) for (linea,) in sesion.connection().execute(_CONSULTA)]
