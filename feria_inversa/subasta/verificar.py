"""`qhatu verify`: who should compete does; bids are what their prices make, in time; the last one counts."""

from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import unidades_en_lote
from feria_inversa.subasta.turnos import verificar_turnos
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_SALTADAS = text(
    "SELECT c.cuce, p.proponente FROM feria_subasta_participante p JOIN feria_convocatoria c"
    "   ON c.id = p.convocatoria_id LEFT JOIN feria_puja u ON u.participante_id = p.id"
    " GROUP BY c.cuce, p.id HAVING coalesce(max(u.numero), -1) + 1 <> count(u.id) OR count(u.id) = 0"
    " ORDER BY 1, 2 LIMIT :limite"
)
_FUERA_DE_HORA = text(
    "SELECT c.cuce, p.proponente, u.numero FROM feria_puja u"
    " JOIN feria_subasta_participante p ON p.id = u.participante_id"
    " JOIN feria_subasta_grupo g ON g.convocatoria_id = p.convocatoria_id AND g.numero = p.grupo"
    " JOIN feria_subasta s ON s.convocatoria_id = p.convocatoria_id"
    " JOIN feria_convocatoria c ON c.id = p.convocatoria_id"
    " WHERE u.numero > 0 AND NOT (u.hecha_en >= s.empieza_en AND u.hecha_en < g.termina_en)"
    " ORDER BY 1, 2, 3 LIMIT :limite"
)
_CON_RONDA = text(
    "SELECT c.cuce, p.proponente, u.numero FROM feria_puja u"
    " JOIN feria_subasta_participante p ON p.id = u.participante_id"
    " JOIN feria_subasta s ON s.convocatoria_id = p.convocatoria_id"
    " JOIN feria_convocatoria c ON c.id = p.convocatoria_id"
    " WHERE s.rondas = 0 AND u.ronda IS NOT NULL ORDER BY 1, 2, 3 LIMIT :limite"
)
_SUMAS = text(
    "SELECT c.cuce, p.proponente, u.numero FROM feria_puja u"
    " JOIN feria_subasta_participante p ON p.id = u.participante_id"
    " JOIN feria_convocatoria c ON c.id = p.convocatoria_id"
    " WHERE u.monto <> (SELECT sum(round(l.cantidad * o.precio * 100)) FROM feria_subasta_lineas(p.id) l"
    "   JOIN unnest(u.precios) WITH ORDINALITY o (precio, orden) ON o.orden = l.orden)"
    " ORDER BY 1, 2, 3 LIMIT :limite"
)
_FINALES = text(
    "SELECT c.cuce, p.proponente FROM feria_subasta s"
    " JOIN feria_convocatoria c ON c.id = s.convocatoria_id"
    " JOIN feria_subasta_participante p ON p.convocatoria_id = s.convocatoria_id"
    " JOIN LATERAL (SELECT * FROM feria_puja WHERE participante_id = p.id ORDER BY numero DESC LIMIT 1) u"
    "   ON true"
    " WHERE EXISTS (SELECT FROM feria_acta a"
    "   WHERE a.convocatoria_id = s.convocatoria_id AND a.clase = 'subasta')"
    " AND u.monto <> (SELECT coalesce(sum(l.total), 0) FROM feria_subasta_lineas(p.id) x"
    "   JOIN feria_oferta_linea l ON l.id = x.linea_id AND l.subastada_en = u.hecha_en)"
    " ORDER BY 1, 2 LIMIT :limite"
)
_ACTAS = text(
    "SELECT c.cuce FROM feria_acta a JOIN feria_convocatoria c ON c.id = a.convocatoria_id"
    " WHERE a.clase = 'subasta' AND NOT feria_subasta_dicha(a.convocatoria_id, a.contenido::jsonb)"
    " ORDER BY 1 LIMIT :limite"
)
_DE_LOS_ESTADOS = text(
    "SELECT c.cuce FROM feria_convocatoria c LEFT JOIN feria_subasta s ON s.convocatoria_id = c.id"
    " WHERE (c.estado = 'subasta') <> (s.convocatoria_id IS NOT NULL AND s.terminada_en IS NULL)"
    "   OR (c.estado = 'subasta' AND (SELECT max(termina_en) FROM feria_subasta_grupo g"
    "     WHERE g.convocatoria_id = c.id) < nucleo_ahora() - interval '1 hour') ORDER BY 1 LIMIT :limite"
)

_OFERENTES = text(
    "SELECT DISTINCT o.unidad_id FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id"
    " WHERE c.subasta AND c.abierto_en IS NOT NULL AND o.estado = 'vigente'"
)
# By what the act of opening said of each bidder; of what is awarded at once, by its first item.
_SIN_COMPETIR = text(
    "WITH renglones AS (SELECT c.id, c.cuce, i.id AS item_id, i.total_referencial, min(i.numero)"
    "   OVER (PARTITION BY c.id, CASE c.adjudica_por WHEN 'item' THEN i.numero"
    "     WHEN 'lote' THEN i.lote END) AS grupo"
    "   FROM feria_convocatoria c JOIN feria_item i ON i.convocatoria_id = c.id"
    "   WHERE c.subasta AND c.abierto_en IS NOT NULL),"
    " cosas AS (SELECT id, cuce, grupo, count(*) AS items, sum(total_referencial) AS referencia"
    "   FROM renglones GROUP BY 1, 2, 3),"
    " pueden AS (SELECT a.convocatoria_id, o ->> 'registro' AS registro"
    "   FROM feria_acta a, jsonb_array_elements(a.contenido::jsonb -> 'ofertas') o"
    "   WHERE a.clase = 'apertura' AND (o ->> 'habilitado')::boolean),"
    " debidas AS (SELECT k.id, k.cuce, k.grupo FROM cosas k JOIN renglones r USING (id, grupo)"
    "   JOIN feria_oferta_linea l ON l.item_id = r.item_id"
    "   JOIN feria_oferta o ON o.id = l.oferta_id AND o.estado = 'vigente'"
    "   JOIN unnest(CAST(:unidades AS uuid[]), CAST(:numeros AS text[])) u (id, numero) ON u.id = o.unidad_id"
    "   JOIN pueden p ON p.convocatoria_id = k.id AND p.registro = u.numero"
    "   GROUP BY k.id, k.cuce, k.grupo, k.items, k.referencia, o.id HAVING count(*) = k.items"
    "     AND sum(coalesce(l.total_inicial, l.total)) BETWEEN 1 AND k.referencia)"
    " SELECT cuce, grupo FROM debidas d GROUP BY id, cuce, grupo HAVING count(*) > 1 AND count(*) <> ("
    "   SELECT count(*) FROM feria_subasta_participante p"
    "   WHERE p.convocatoria_id = d.id AND p.grupo = d.grupo) ORDER BY 1, 2 LIMIT :limite"
)


@comprueba("subastas de la feria")
def verificar_subastas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"al proponente {n} de {cuce} le falta una puja" for cuce, n in conexion.execute(_SALTADAS, limite)
    ]
    faltas += [
        f"la puja {puja} del proponente {n} de {cuce} no es de la hora de la subasta"
        for cuce, n, puja in conexion.execute(_FUERA_DE_HORA, limite)
    ]
    faltas += [
        f"la puja {puja} del proponente {n} de {cuce} dice una ronda, y la subasta no las tiene"
        for cuce, n, puja in conexion.execute(_CON_RONDA, limite)
    ]
    faltas += islice(verificar_turnos(sesion), FALTAS_MAXIMO)
    faltas += [
        f"la puja {puja} del proponente {n} de {cuce} no es lo que suman sus precios"
        for cuce, n, puja in conexion.execute(_SUMAS, limite)
    ]
    faltas += [
        f"la oferta del proponente {n} de {cuce} no dice su última puja"
        for cuce, n in conexion.execute(_FINALES, limite)
    ]
    faltas += [
        f"el acta de la subasta de {cuce} no dice sus pujas" for (cuce,) in conexion.execute(_ACTAS, limite)
    ]
    faltas += [
        f"la subasta de {cuce} no sigue a su proceso" for (cuce,) in conexion.execute(_DE_LOS_ESTADOS, limite)
    ]
    faltas += [
        f"en la subasta de {cuce} no compiten todas las ofertas que valen por el ítem {grupo}"
        for cuce, grupo in conexion.execute(_SIN_COMPETIR, limite | _numeros(sesion))
    ]
    return faltas[:FALTAS_MAXIMO]


def _numeros(sesion: Session) -> dict[str, list[Any]]:
    """Of who bid in an auction, the number by which the act of opening names them."""
    unidades = unidades_en_lote(sesion, sesion.connection().execute(_OFERENTES).scalars())
    return {"unidades": list(unidades), "numeros": [unidad.numero for unidad in unidades.values()]}
