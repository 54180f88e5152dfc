"""`qhatu verify`: the flags of a process of here are those that its record gives, worked out again; no other
process has such flags, and who answers one is the entity of its process.
"""

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import text
from sqlmodel import Session, col, select

from feria_inversa.banderas.definiciones import EDICION
from feria_inversa.banderas.escribir import exacto
from feria_inversa.banderas.juicio import Bandera
from feria_inversa.banderas.mirar import DE_MONTOS, DE_UNO, juicios_de
from feria_inversa.banderas.modelos import BanderaVista, ProcesoMirado
from feria_inversa.datos_abiertos import leer
from feria_inversa.datos_abiertos.modelos import CompiladoOcds
from feria_inversa.panorama.modelos import ProcesoDelMercado
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
# That no sweep would lift: of one process, on one that is not of here; of an entity's, under another's code.
_QUE_NADIE_MIRA = text("""
    SELECT DISTINCT p.cuce FROM feria_bandera b JOIN feria_mercado_proceso p ON p.id = b.proceso_id
    WHERE b.levantada_en IS NULL AND (b.codigo = ANY(:de_uno) AND p.convocatoria_id IS NULL
        OR b.codigo = ANY(:de_su_entidad) AND b.entidad_codigo IS DISTINCT FROM p.entidad_codigo)
    ORDER BY 1 LIMIT :n
""")
_DE_OTRO = text("""
    SELECT p.cuce FROM feria_bandera_respuesta r JOIN feria_bandera b ON b.id = r.bandera_id
    LEFT JOIN feria_mercado_proceso p ON p.id = b.proceso_id
    WHERE p.convocatoria_id IS NULL OR p.unidad_id IS DISTINCT FROM r.unidad_id
        OR r.version > (SELECT count(*) FROM feria_bandera_respuesta o WHERE o.bandera_id = r.bandera_id)
    ORDER BY 1 LIMIT :n
""")


@comprueba("banderas")
def verificar_banderas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well. The registry may have changed since: shared
    contacts are not compared."""
    pide = {"de_uno": sorted({*DE_UNO} - {"R003"}), "de_su_entidad": ["R003", *DE_MONTOS], "n": FALTAS_MAXIMO}
    sueltas = sesion.connection().execute(_QUE_NADIE_MIRA, pide).scalars().all()
    ajenas = sesion.connection().execute(_DE_OTRO, {"n": FALTAS_MAXIMO}).scalars().all()
    return [
        *(f"{cuce}: tiene banderas que nadie le vio" for cuce in sueltas),
        *(f"{cuce or 'sin proceso'}: respondió a su bandera quien no es su entidad" for cuce in ajenas),
        *islice(_faltas(sesion), FALTAS_MAXIMO),
    ][:FALTAS_MAXIMO]


def _faltas(sesion: Session) -> Iterator[str]:
    mirados = (
        select(ProcesoDelMercado, CompiladoOcds)
        .join(CompiladoOcds, col(CompiladoOcds.convocatoria_id) == ProcesoDelMercado.convocatoria_id)
        .join(ProcesoMirado, col(ProcesoMirado.convocatoria_id) == ProcesoDelMercado.convocatoria_id)
        .where(ProcesoMirado.secuencia == CompiladoOcds.secuencia, ProcesoMirado.definiciones == EDICION)
        .where(ProcesoDelMercado.secuencia == CompiladoOcds.secuencia)
        .order_by(col(ProcesoDelMercado.id))
    )
    for proceso, compilado in sesion.exec(mirados, execution_options={"yield_per": 200}):
        juicios = juicios_de(sesion, proceso, leer(compilado.contenido))
        dichas = {
            codigo: (str(juicio.valor), {clave: exacto(dato) for clave, dato in juicio.datos.items()})
            for codigo, juicio in juicios.items()
            if isinstance(juicio, Bandera) and codigo != "Q04"
        }
        guardadas = {
            fila.codigo: (fila.valor, fila.datos)
            for fila in sesion.exec(
                select(BanderaVista).where(
                    BanderaVista.proceso_id == proceso.id,
                    col(BanderaVista.codigo).in_(set(DE_UNO) - {"Q04"}),
                    col(BanderaVista.levantada_en).is_(None),
                )
            )
        }
        if dichas != guardadas:
            yield f"{proceso.cuce}: sus banderas no son las que da su registro"
