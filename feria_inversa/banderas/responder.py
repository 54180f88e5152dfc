"""The entity of a process answers a flag of it; what it said before stays beside."""

from uuid import UUID

from sqlmodel import Session, select

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.banderas.bloqueos import bloquear_bandera
from feria_inversa.banderas.consultas import respuestas_de
from feria_inversa.banderas.definiciones import DEFINICIONES
from feria_inversa.banderas.errores import BanderaNoEncontrada, DemasiadasRespuestas
from feria_inversa.banderas.modelos import RESPUESTAS, BanderaVista, RespuestaDeEntidad
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.papeles import CONDUCIR, exigir_papel
from feria_inversa.procesos import ConvocatoriaNoEncontrada
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_bandera"


def responder(
    sesion: Session, actor: Actor, convocatoria_id: UUID, codigo: str, texto: str
) -> RespuestaDeEntidad:
    """Raises `SinFacultad`, `SinPapel`, `BanderaNoEncontrada`, `DemasiadasRespuestas`."""
    convocatoria = sesion.get(Convocatoria, convocatoria_id)
    if convocatoria is None or convocatoria.publicado_en is None:
        raise ConvocatoriaNoEncontrada
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, CONDUCIR)
    suya = (
        select(BanderaVista.id)
        .join(ProcesoDelMercado)
        .where(ProcesoDelMercado.convocatoria_id == convocatoria_id, BanderaVista.codigo == codigo)
    )
    bandera_id = sesion.exec(suya).one_or_none() if codigo in DEFINICIONES else None
    if bandera_id is None:
        raise BanderaNoEncontrada
    bloquear_bandera(sesion, bandera_id)
    dichas = len(respuestas_de(sesion, [bandera_id])[bandera_id])
    if dichas >= RESPUESTAS:
        raise DemasiadasRespuestas(_("Ya respondió {} veces: todas se muestran.").format(RESPUESTAS))
    fila = RespuestaDeEntidad(
        bandera_id=bandera_id,
        version=dichas + 1,
        unidad_id=convocatoria.unidad_id,
        texto=texto,
        respondida_por=actor.nombre[:200],
        respondida_en=ahora_bd(sesion),
    )
    sesion.add(fila)
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "bandera.responder",
        OBJETO,
        fila.id,
        {"convocatoria_id": str(convocatoria_id), "codigo": codigo, "version": fila.version},
    )
    return fila
