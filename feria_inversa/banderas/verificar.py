"""`qhatu verify`: the flags of a process of here are those that its record gives, worked out again."""

from collections.abc import Iterator
from itertools import islice

from sqlmodel import Session, col, select

from feria_inversa.banderas.definiciones import EDICION
from feria_inversa.banderas.escribir import exacto
from feria_inversa.banderas.juicio import Bandera
from feria_inversa.banderas.mirar import DE_UNO, juicios_de
from feria_inversa.banderas.modelos import BanderaVista, ProcesoMirado
from feria_inversa.datos_abiertos import leer
from feria_inversa.datos_abiertos.modelos import CompiladoOcds
from feria_inversa.panorama.modelos import ProcesoDelMercado
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("banderas")
def verificar_banderas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well. The registry may have changed since: contacts are not
    asked again."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


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
