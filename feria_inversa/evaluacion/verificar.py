"""`qhatu verify`: what an item is, its last decision says, and a process counts them."""

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.evaluacion.certificado import descubiertos, sobregiradas
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
_ITEMS = text(
    "SELECT c.cuce, i.numero FROM feria_item i JOIN feria_convocatoria c ON c.id = i.convocatoria_id"
    " LEFT JOIN feria_adjudicacion a ON a.item_id = i.id"
    "   AND NOT EXISTS (SELECT FROM feria_adjudicacion r WHERE r.reemplaza_a = a.id)"
    " WHERE i.estado <> coalesce(a.resultado, 'pedido') ORDER BY 1, 2 LIMIT :limite"
)
_CUENTAS = text(
    "SELECT c.cuce FROM feria_convocatoria c LEFT JOIN feria_item i"
    "   ON i.convocatoria_id = c.id AND i.estado = 'adjudicado'"
    " GROUP BY c.id HAVING c.items_adjudicados <> count(i.id) ORDER BY 1 LIMIT :limite"
)
_ADJUDICADOS = text(
    "SELECT c.cuce, i.numero FROM feria_adjudicacion a JOIN feria_item i ON i.id = a.item_id"
    " JOIN feria_convocatoria c ON c.id = a.convocatoria_id"
    " JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id JOIN feria_oferta o ON o.id = l.oferta_id"
    " WHERE (a.total, a.proveedor_id) <> (l.total, o.unidad_id) ORDER BY 1, 2 LIMIT :limite"
)
_RESUELTOS = text(
    "SELECT c.cuce FROM feria_convocatoria c WHERE c.estado = 'resuelto' AND EXISTS (SELECT FROM feria_item i"
    " WHERE i.convocatoria_id = c.id AND i.estado NOT IN ('adjudicado', 'desierto')) ORDER BY 1 LIMIT :limite"
)

_SIN_FIRMAS = text(
    "SELECT c.cuce FROM feria_acta a JOIN feria_convocatoria c ON c.id = a.convocatoria_id"
    " WHERE a.clase = 'informe' AND jsonb_array_length(a.contenido::jsonb -> 'firmas') = 0"
    " ORDER BY 1 LIMIT :limite"
)
_ENTEROS = text(
    "SELECT c.cuce, i.lote FROM feria_convocatoria c JOIN feria_item i ON i.convocatoria_id = c.id"
    " LEFT JOIN feria_adjudicacion a ON a.item_id = i.id"
    "   AND NOT EXISTS (SELECT FROM feria_adjudicacion r WHERE r.reemplaza_a = a.id)"
    " LEFT JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id"
    " WHERE c.adjudica_por <> 'item' AND c.estado <> 'borrador' GROUP BY c.id, i.lote"
    " HAVING count(DISTINCT (i.estado, a.decidida_en, l.oferta_id)) > 1"
    "   OR sum(a.total) > sum(i.total_referencial) ORDER BY 1, 2 LIMIT :limite"
)


@comprueba("decisiones de la feria")
def verificar_decisiones(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    conexion, limite = sesion.connection(), {"limite": FALTAS_MAXIMO}
    faltas = [
        f"el ítem {numero} de {cuce} no es lo que dice su última decisión"
        for cuce, numero in conexion.execute(_ITEMS, limite)
    ]
    faltas += [
        f"lo adjudicado del ítem {numero} de {cuce} no es lo que dice su oferta"
        for cuce, numero in conexion.execute(_ADJUDICADOS, limite)
    ]
    faltas += [f"un informe de {cuce} no tiene firmas" for (cuce,) in conexion.execute(_SIN_FIRMAS, limite)]
    faltas += [f"{cuce} cuenta mal lo adjudicado" for (cuce,) in conexion.execute(_CUENTAS, limite)]
    faltas += [f"{cuce} está resuelto y le falta decidir" for (cuce,) in conexion.execute(_RESUELTOS, limite)]
    faltas += [
        f"el lote {lote} de {cuce} no está decidido como un todo"
        if lote
        else f"{cuce} está decidido en parte"
        for cuce, lote in conexion.execute(_ENTEROS, limite)
    ]
    faltas += [
        f"la certificación {fila.numero} de {fila.gestion} tiene adjudicado más de lo que le queda"
        for fila in sobregiradas(sesion)
    ]
    faltas += [f"lo adjudicado de {cuce} perdió su certificación" for cuce in descubiertos(sesion)]
    return faltas[:FALTAS_MAXIMO]
