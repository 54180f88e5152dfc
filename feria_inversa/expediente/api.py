"""JSON routes of calls and their acts."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from ciudadania import ActorOpcional, ActorRequerido
from feria_inversa.apertura import (
    SinConvocatoriaEntrada,
    abrir_convocatoria,
    acta_publicada,
    registrar_sin_convocatoria,
)
from feria_inversa.contratos import SinEfectoEntrada, dejar_sin_efecto
from feria_inversa.entidades import Contratante
from feria_inversa.evaluacion import (
    AdjudicacionEntrada,
    CalificacionEntrada,
    CalificacionTecnicaEntrada,
    MesaEntrada,
    adjudicar_o_proponer,
    anotar_mesa,
    calificar,
    calificar_tecnica,
    informar,
    nombrar_certificado,
)
from feria_inversa.expediente import api_documentos, presentar
from feria_inversa.expediente.esquemas import ActaSalida, CertificadoDicho, ConvocatoriaSalida
from feria_inversa.procesos import (
    CancelacionEntrada,
    CierreNuevoEntrada,
    ConvocatoriaCambio,
    ConvocatoriaNueva,
    ConvocatoriaResumen,
    EnmiendaEntrada,
    EstadoItem,
    Filtro,
    PublicacionEntrada,
    SuspensionEntrada,
    VersionSalida,
    ampliar,
    buscar,
    convocatoria_visible,
    crear_borrador,
    editar_borrador,
    eliminar_borrador,
    enmendar,
    llamar_otra_vez,
    publicar_convocatoria,
    reanudar_recepcion,
    resumenes,
    suspender,
    versiones_de,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta import cancelar_proceso
from nucleo.actos import RESPUESTAS_202, Propuesto, respuesta_propuesto
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero, NumeroDeRuta
from nucleo.paginacion import Cursor, Pagina
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/convocatorias", route_class=RutaIdempotente, tags=["feria inversa"])

_ACTA: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "El acta",
        "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
    }
}


def _responder(sesion: Sesion, response: Response, fila: Convocatoria) -> ConvocatoriaSalida:
    response.headers["ETag"] = etag(fila.version)
    return presentar.convocatoria(sesion, fila)


@router.get("", dependencies=[Depends(publico)], responses=respuestas())
def listar_convocatorias(
    sesion: Sesion,
    pagina: Cursor,
    q: Annotated[str, Query(max_length=200, description="Palabras, o el comienzo de un CUCE.")] = "",
    departamento: Annotated[str | None, Query(pattern="^0[1-9]$", description="Código INE.")] = None,
    modalidad: Annotated[str | None, Query(pattern="^[A-Z0-9]{1,10}$")] = None,
    categoria: Literal["bienes", "servicios", "obras", "consultoria"] | None = None,
    cierra_en_dias: Annotated[Entero | None, Query(ge=1, le=180)] = None,
    situacion: Literal["abiertas", "cerradas", "todas"] = "abiertas",
) -> Pagina[ConvocatoriaResumen]:
    """Las necesidades publicadas: de las abiertas, primero la que cierra antes; del resto, la más nueva."""
    filtro = Filtro(q, departamento, modalidad, categoria, cierra_en_dias, situacion)
    filas, siguiente = buscar(sesion, filtro, pagina)
    return Pagina(datos=resumenes(sesion, filas), siguiente=siguiente)


@router.get("/{convocatoria_id}", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_convocatoria(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional, response: Response
) -> ConvocatoriaSalida:
    """Todo lo público de una convocatoria; un borrador, solo para su entidad."""
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post("", status_code=201, responses=respuestas(404, 409))
def crear_convocatoria(
    datos: ConvocatoriaNueva, sesion: Sesion, actor: Contratante, response: Response, _: Idempotente
) -> ConvocatoriaSalida:
    """Crea un borrador de la entidad: nadie más lo ve hasta que se publica."""
    fila = crear_borrador(sesion, actor, datos.unidad_id, datos, datos.items, datos.id, datos.linea_de_plan)
    response.headers["Location"] = f"/api/v1/convocatorias/{fila.id}"
    return _responder(sesion, response, fila)


@router.patch("/{convocatoria_id}", responses=respuestas(404, 409, 412, 428))
def editar_convocatoria(
    convocatoria_id: UUID,
    cambio: ConvocatoriaCambio,
    version: VersionPedida,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
) -> ConvocatoriaSalida:
    """Cambia un borrador. `If-Match` lleva el ETag que se leyó."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    return _responder(sesion, response, editar_borrador(sesion, actor, convocatoria_id, cambio, version))


@router.put("/{convocatoria_id}/certificacion", responses=respuestas(404, 409))
def decir_certificacion(
    convocatoria_id: UUID, datos: CertificadoDicho, sesion: Sesion, actor: Contratante
) -> CertificadoDicho:
    """Dice qué certificación presupuestaria cubre el proceso, o ninguna: no se adjudica más de lo suyo."""
    nombrar_certificado(sesion, actor, convocatoria_id, datos.certificacion_id)
    return datos


@router.delete("/{convocatoria_id}", status_code=204, responses=respuestas(404, 409))
def eliminar_convocatoria(convocatoria_id: UUID, sesion: Sesion, actor: Contratante) -> None:
    """Elimina un borrador; lo publicado nunca se borra."""
    eliminar_borrador(sesion, actor, convocatoria_id)


@router.post("/{convocatoria_id}/publicacion", responses=respuestas(404, 409))
def publicar(
    convocatoria_id: UUID,
    datos: PublicacionEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Publica el borrador: recibe su CUCE y ofertas hasta `vence_en`."""
    fila = publicar_convocatoria(
        sesion,
        actor,
        convocatoria_id,
        datos.vence_en,
        datos.modalidad,
        norma=datos.norma,
        ejecutora=datos.ejecutora,
        cuce=datos.cuce,
    )
    return _responder(sesion, response, fila)


@router.get("/{convocatoria_id}/versiones", dependencies=[Depends(publico)], responses=respuestas(404))
def listar_versiones(convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional) -> list[VersionSalida]:
    """Cómo cambió desde que se publicó: cada cambio es un acta con su motivo."""
    convocatoria_visible(sesion, actor, convocatoria_id)
    return versiones_de(sesion, convocatoria_id)


@router.post("/{convocatoria_id}/enmiendas", responses=respuestas(404, 409))
def enmendar_llamado(
    convocatoria_id: UUID,
    datos: EnmiendaEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Cambia el texto, los ítems o el cierre; quien ya ofertó tiene que reconfirmar."""
    return _responder(sesion, response, enmendar(sesion, actor, convocatoria_id, datos))


@router.post("/{convocatoria_id}/ampliaciones", responses=respuestas(404, 409))
def ampliar_llamado(
    convocatoria_id: UUID,
    datos: CierreNuevoEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Recibe ofertas por más tiempo."""
    fila = ampliar(sesion, actor, convocatoria_id, datos.vence_en, datos.motivo)
    return _responder(sesion, response, fila)


@router.post("/{convocatoria_id}/suspension", responses=respuestas(404, 409))
def suspender_llamado(
    convocatoria_id: UUID,
    datos: SuspensionEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Deja de recibir ofertas hasta que se reanude; si nadie la reanuda en su plazo, queda cancelada."""
    return _responder(sesion, response, suspender(sesion, actor, convocatoria_id, datos.motivo))


@router.post("/{convocatoria_id}/reanudacion", responses=respuestas(404, 409))
def reanudar_llamado(
    convocatoria_id: UUID,
    datos: CierreNuevoEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Recibe ofertas otra vez, al menos por el tiempo que le quedaba."""
    fila = reanudar_recepcion(sesion, actor, convocatoria_id, datos.vence_en, datos.motivo)
    return _responder(sesion, response, fila)


@router.post("/{convocatoria_id}/sin-convocatoria", responses=respuestas(404, 409))
def registrar(
    convocatoria_id: UUID,
    datos: SinConvocatoriaEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Registra un borrador como proceso sin convocatoria (0-E), con lo que se le cotizó a la entidad."""
    return _responder(sesion, response, registrar_sin_convocatoria(sesion, actor, convocatoria_id, datos))


@router.post("/{convocatoria_id}/cancelacion", responses=respuestas(404, 409))
def cancelar_llamado(
    convocatoria_id: UUID,
    datos: CancelacionEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Cancela la convocatoria antes del contrato, o la anula para publicarla otra vez, y dice por qué."""
    fila = cancelar_proceso(sesion, actor, convocatoria_id, datos.motivo, datos.cierre)
    return _responder(sesion, response, fila)


@router.post("/{convocatoria_id}/siguientes", status_code=201, responses=respuestas(404, 409))
def volver_a_convocar(
    convocatoria_id: UUID, sesion: Sesion, actor: Contratante, response: Response, _: Idempotente
) -> ConvocatoriaSalida:
    """Empieza un borrador con lo que quedó desierto, o con todo lo de un proceso anulado: una vez.

    Al publicarse recibe el CUCE que sigue: otro llamado, u otra publicación.
    """
    fila = llamar_otra_vez(sesion, actor, convocatoria_id)
    response.headers["Location"] = f"/api/v1/convocatorias/{fila.id}"
    return _responder(sesion, response, fila)


@router.post("/{convocatoria_id}/apertura", responses=respuestas(404, 409))
def abrir(
    convocatoria_id: UUID, sesion: Sesion, actor: Contratante, response: Response, _: Idempotente
) -> ConvocatoriaSalida:
    """Abre los sobres después del plazo; desde ese acto las ofertas son públicas. De dos, los que tocan."""
    abrir_convocatoria(sesion, actor, convocatoria_id)
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


@router.get(
    "/{convocatoria_id}/actas/{numero}",
    dependencies=[Depends(publico)],
    response_class=Response,
    responses=_ACTA | respuestas(404, 409),
)
def ver_acta(
    convocatoria_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorOpcional,
) -> Response:
    """Un acta tal como se escribió, byte por byte: su SHA-256 es el que dice su página.

    La de apertura de un proceso en subasta se da cuando termina; antes responde 409.
    """
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    acta = acta_publicada(sesion, convocatoria, numero)
    return Response(acta.contenido, media_type="application/json", headers={"X-Acta-Sha256": acta.huella})


@router.post(
    "/{convocatoria_id}/informe",
    status_code=201,
    response_model=ActaSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def informar_evaluacion(
    convocatoria_id: UUID, datos: AdjudicacionEntrada, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> ActaSalida | Response:
    """Quienes evalúan recomiendan a qué oferta va cada ítem. Si son varias personas, firman todas."""
    hecho = informar(sesion, actor, convocatoria_id, datos.decisiones)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return ActaSalida.model_validate(hecho)


@router.post(
    "/{convocatoria_id}/mesas",
    status_code=201,
    response_model=ActaSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def anotar_mesa_de_negociacion(
    convocatoria_id: UUID, datos: MesaEntrada, sesion: Sesion, actor: Contratante, _: Idempotente
) -> ActaSalida | Response:
    """Anota qué se dijo en la mesa de negociación: es público y no cambia ninguna oferta.

    Si evalúan varias personas, firman todas.
    """
    hecho = anotar_mesa(sesion, actor, convocatoria_id, datos)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return ActaSalida.model_validate(hecho)


@router.post(
    "/{convocatoria_id}/adjudicacion",
    response_model=ConvocatoriaSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def adjudicar_items(
    convocatoria_id: UUID,
    datos: AdjudicacionEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida | Response:
    """Decide todos los ítems: a qué oferta va cada uno, o desierto."""
    hecho = adjudicar_o_proponer(sesion, actor, convocatoria_id, datos.decisiones)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post("/{convocatoria_id}/calificaciones", status_code=201, responses=respuestas(404, 409))
def calificar_ofertas(
    convocatoria_id: UUID,
    datos: CalificacionEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Califica las ofertas: cuáles siguen, con qué márgenes y puntos; vale la última calificación."""
    calificar(sesion, actor, convocatoria_id, datos)
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post(
    "/{convocatoria_id}/calificacion-tecnica",
    status_code=201,
    response_model=ConvocatoriaSalida,
    responses=respuestas(404, 409) | RESPUESTAS_202,
)
def calificar_parte_tecnica(
    convocatoria_id: UUID,
    datos: CalificacionTecnicaEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida | Response:
    """Con dos sobres: dice qué ofertas pasan y con cuántos puntos, una vez y antes de conocer precio alguno.

    Si evalúan varias personas, firman todas. Desde entonces los depositarios entregan la llave de los
    precios; el de quien no pasa no se abre nunca.
    """
    hecho = calificar_tecnica(sesion, actor, convocatoria_id, datos)
    if isinstance(hecho, Propuesto):
        return respuesta_propuesto(hecho)
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


@router.post("/{convocatoria_id}/sin-efecto", responses=respuestas(404, 409))
def dejar_sin_efecto_un_item(
    convocatoria_id: UUID,
    datos: SinEfectoEntrada,
    sesion: Sesion,
    actor: Contratante,
    response: Response,
    _: Idempotente,
) -> ConvocatoriaSalida:
    """Deja sin efecto la adjudicación de un ítem sin orden de compra: el ítem se decide de nuevo."""
    dejar_sin_efecto(
        sesion, actor, convocatoria_id, datos.item_id, EstadoItem(datos.causa), datos.explicacion
    )
    return _responder(sesion, response, convocatoria_visible(sesion, actor, convocatoria_id))


router.include_router(api_documentos.router)
