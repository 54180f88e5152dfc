"""`qhatu verify`: bags, manifests and rounds agree with each other and with the events of their items."""

from sqlalchemy import text
from sqlmodel import Session

from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50

# What travels, with its manifest (none while its bag is being filled), and what its item says of it. The
# colon of an event's id is `chr(58)`: written as it is, it would begin a parameter.
_VIAJA = """
WITH viaja AS (
    SELECT c.id, c.envio_id, c.estado, c.saca_id, c.llego_agencia_id, s.estado AS saca_estado,
        d.id AS despacho_id, d.salio_en, d.estado AS despacho_estado,
        EXISTS (SELECT FROM envios_evento e WHERE e.envio_id = c.envio_id
            AND e.evento_cliente_id = concat_ws(chr(58), 'dsp', c.id, 's')) AS dice_que_salio,
        EXISTS (SELECT FROM envios_evento e WHERE e.envio_id = c.envio_id
            AND e.evento_cliente_id = concat_ws(chr(58), 'dsp', c.id, 'l')) AS dice_que_llego,
        EXISTS (SELECT FROM envios_evento e WHERE e.envio_id = c.envio_id
            AND e.evento_cliente_id = concat_ws(chr(58), 'dsp', c.id, 'f')) AS dice_que_falta
    FROM envios_carga c
    LEFT JOIN envios_saca s ON s.id = c.saca_id
    LEFT JOIN envios_despacho d ON d.id = coalesce(c.despacho_id, s.despacho_id)
)
"""

_COMPROBACIONES = {
    "carga {0}: salió en un despacho y el envío {1} no lo dice": """
        SELECT id, envio_id FROM viaja
        WHERE salio_en IS NOT NULL AND estado <> 'sacada' AND NOT dice_que_salio
    """,
    "carga {0}: llegó a una agencia y el envío {1} no lo dice": """
        SELECT id, envio_id FROM viaja WHERE llego_agencia_id IS NOT NULL AND NOT dice_que_llego
    """,
    "envío {0}: está en {1} cargas a la vez": """
        SELECT envio_id, count(*) FROM viaja WHERE estado = 'dentro' GROUP BY envio_id HAVING count(*) > 1
    """,
    "carga {0}: está dentro de lo que ya no lleva nada ({1})": """
        SELECT id, coalesce(saca_estado, despacho_estado) FROM viaja
        WHERE estado = 'dentro' AND (saca_estado IN ('vaciada', 'no_llego', 'deshecha')
            OR saca_id IS NULL AND despacho_estado IN ('recibido', 'deshecho'))
    """,
    "despacho {0}: su manifiesto no suma lo que lleva ({1})": """
        SELECT d.id, d.sacas || ' sacas, ' || d.envios || ' envíos' FROM envios_despacho d
        WHERE d.salio_en IS NOT NULL AND (
            d.sacas <> (SELECT count(*) FROM envios_saca s WHERE s.despacho_id = d.id)
            OR d.envios <> (SELECT count(*) FROM viaja v WHERE v.despacho_id = d.id AND v.estado <> 'sacada')
            OR d.peso_g < (SELECT coalesce(sum(s.peso_g), 0) FROM envios_saca s WHERE s.despacho_id = d.id)
        )
    """,
    "saca {0}: está {1} y su despacho no": """
        SELECT s.id, s.estado FROM envios_saca s JOIN envios_despacho d ON d.id = s.despacho_id
        WHERE (s.estado = 'cerrada') <> (d.estado = 'en_preparacion')
            OR s.estado = 'en_camino' AND d.estado <> 'en_camino'
            OR s.estado = 'no_llego' AND d.estado <> 'recibido'
    """,
    "carga {0}: falta y ninguna diferencia lo dice (envío {1})": """
        SELECT v.id, v.envio_id FROM viaja v WHERE v.estado = 'faltante' AND NOT EXISTS (
            SELECT FROM envios_diferencia f WHERE f.despacho_id = v.despacho_id AND f.clase = 'faltante'
                AND (f.envio_id = v.envio_id AND f.estado <> 'encontrada' OR f.saca_id = v.saca_id)
        )
    """,
    "diferencia {0}: el envío {1} ya no falta": """
        SELECT f.id, f.envio_id FROM envios_diferencia f
        WHERE f.clase = 'faltante' AND f.envio_id IS NOT NULL AND f.estado <> 'encontrada' AND NOT EXISTS (
            SELECT FROM viaja v
            WHERE v.envio_id = f.envio_id AND v.despacho_id = f.despacho_id AND v.estado = 'faltante'
        )
    """,
    "saca {0}: llegó distinta y ninguna diferencia dice {1}": """
        SELECT s.id, c.clase FROM envios_saca s CROSS JOIN LATERAL (VALUES
            ('faltante', s.estado = 'no_llego'), ('precinto_roto', NOT s.precinto_intacto)
        ) c (clase, hay)
        WHERE c.hay AND NOT EXISTS (
            SELECT FROM envios_diferencia f WHERE f.saca_id = s.id AND f.clase = c.clase
        )
    """,
    "carga {0}: nadie explicó que falta y el envío {1} no lo dice": """
        SELECT v.id, v.envio_id FROM viaja v
        WHERE v.estado = 'faltante' AND NOT v.dice_que_falta AND EXISTS (
            SELECT FROM envios_diferencia f WHERE f.despacho_id = v.despacho_id AND f.estado = 'vencida'
                AND f.clase = 'faltante' AND (f.envio_id = v.envio_id OR f.saca_id = v.saca_id)
        )
    """,
    "parada {0}: salió a reparto y el envío {1} no lo dice": """
        SELECT p.id, p.envio_id FROM envios_parada p JOIN envios_hoja_de_ruta h ON h.id = p.hoja_id
        WHERE h.salio_en IS NOT NULL AND p.estado <> 'quitada' AND NOT EXISTS (
            SELECT FROM envios_evento e
            WHERE e.envio_id = p.envio_id AND e.evento_cliente_id = concat_ws(chr(58), 'ruta', p.id, 's')
        )
    """,
}


@comprueba("despachos")
def despachos(sesion: Session) -> list[str]:
    """Items × bags × manifests × differences × rounds, each told by what the others say."""
    return [
        falta.format(*fila)
        for falta, consulta in _COMPROBACIONES.items()
        for fila in sesion.connection().execute(text(f"{_VIAJA}{consulta} LIMIT {FALTAS_MAXIMO}"))
    ]
