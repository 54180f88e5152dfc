"""JSON routes of the registry: units and their life, mandates, qualities, reference tables."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from ciudadania import ActorOpcional, ActorRequerido, buscar_persona_por_ci
from empresa_digital.registro import api_webhooks, catalogos, habilitaciones, mandatos, unidades
from empresa_digital.registro.consultas import asientos_de, buscar_unidades, cambios
from empresa_digital.registro.errores import SinFacultad
from empresa_digital.registro.esquemas import (
    ActividadSalida,
    AsientoSalida,
    CambioSalida,
    CambiosSalida,
    DepartamentoSalida,
    FormaLegalSalida,
    HabilitacionPublica,
    HabilitacionSalida,
    HabilitacionSolicitud,
    MandatoNuevo,
    MandatoSalida,
    MotivoEntrada,
    MunicipioSalida,
    Otorgamiento,
    ParecidaSalida,
    Revocacion,
    UnidadCambios,
    UnidadNueva,
    UnidadResumen,
    UnidadSalida,
)
from empresa_digital.registro.facultades import exigir_regulador
from empresa_digital.registro.modelos import HabilitacionUnidad, Mandato, UnidadEconomica
from empresa_digital.registro.parecidas import unidades_parecidas
from empresa_digital.registro.presentacion import (
    habilitacion_publica,
    mandatos_salida,
    resumenes,
    unidad_completa,
    unidad_visible,
)
from empresa_digital.registro.tipos import EstadoHabilitacion, Habilitacion, TipoUnidad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, respuestas
from nucleo.etag import etag, exigir_if_match
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["registro"], route_class=RutaIdempotente)
router.include_router(api_webhooks.router)
PUBLICO = [Depends(publico)]

Numero = Annotated[str, Path(max_length=40, description="Número de la unidad.", examples=["UE-0000001-3"])]
Consulta = Annotated[str, Query(max_length=120)]
SiCoincide = Annotated[
    str | None, Header(alias="If-Match", max_length=40, description="El ETag de la versión que leyó.")
]


def _responder(
    sesion: Sesion, respuesta: Response, unidad: UnidadEconomica, *, interno: bool = True
) -> UnidadSalida:
    respuesta.headers["ETag"] = etag(unidad.version)
    return unidad_completa(sesion, unidad, interno=interno)


# --- Units -----------------------------------------------------------------------------------------------


@router.get("/unidades-economicas", dependencies=PUBLICO, responses=respuestas())
def listar_unidades(
    sesion: Sesion,
    pagina: Cursor,
    q: Annotated[str, Query(max_length=120, description="Nombre, número, NIT, actividad o lugar.")] = "",
    municipio: Annotated[str | None, Query(pattern="^[0-9]{2}([0-9]{2}){0,2}$")] = None,
    actividad: Annotated[str | None, Query(pattern="^([A-U]|[0-9]{2}|[0-9]{4})$")] = None,
    tipo: TipoUnidad | None = None,
) -> Pagina[UnidadResumen]:
    """Busca unidades inscritas: lo más parecido primero; sin consulta, lo más nuevo."""
    filas, siguiente = buscar_unidades(
        sesion, q, municipio=municipio, actividad=actividad, tipo=tipo, pagina=pagina
    )
    return Pagina(datos=resumenes(sesion, filas), siguiente=siguiente)


@router.get("/unidades-economicas/cambios", dependencies=PUBLICO, responses=respuestas())
def listar_cambios(
    sesion: Sesion,
    desde: Annotated[int, Query(ge=0, le=2**62, description="El último número que ya leyó.")] = 0,
    limite: Annotated[int, Query(ge=1, le=100)] = 100,
) -> CambiosSalida:
    """Los asientos posteriores a un número, en orden y sin huecos: con esto se mantiene una copia al día."""
    filas = cambios(sesion, desde, limite)
    datos = [CambioSalida.model_validate(fila, from_attributes=True) for fila in filas]
    return CambiosSalida(datos=datos, hasta=filas[-1].numero if filas else desde)


@router.get("/unidades-economicas/parecidas", responses=respuestas())
def listar_parecidas(
    sesion: Sesion, actor: ActorRequerido, denominacion: Annotated[str, Query(min_length=3, max_length=200)]
) -> Pagina[ParecidaSalida]:
    """Unidades con una denominación parecida, para mirar antes de inscribir otra."""
    datos = [
        ParecidaSalida(numero=p.unidad.numero, denominacion=p.unidad.denominacion, puntaje=p.puntaje)
        for p in unidades_parecidas(sesion, denominacion)
    ]
    return Pagina(datos=datos)


@router.post("/unidades-economicas", status_code=201, responses=respuestas(409))
def crear_unidad(
    datos: UnidadNueva, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Abre un borrador con su número permanente; quien lo abre queda facultado para administrarlo."""
    unidad = unidades.crear_borrador(sesion, actor, datos.model_dump(exclude_unset=True))
    respuesta.headers["Location"] = f"/api/v1/unidades-economicas/{unidad.numero}"
    return _responder(sesion, respuesta, unidad)


@router.get("/unidades-economicas/{numero}", dependencies=PUBLICO, responses=respuestas(404))
def ver_unidad(numero: Numero, sesion: Sesion, actor: ActorOpcional, respuesta: Response) -> UnidadSalida:
    """Una unidad inscrita; un borrador solo lo ven quienes lo representan y el registro."""
    unidad, interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidad, interno=interno)


@router.patch("/unidades-economicas/{numero}", responses=respuestas(404, 409, 412, 428))
def editar_unidad(
    numero: Numero,
    cambios: UnidadCambios,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _si_coincide: SiCoincide = None,
) -> UnidadSalida:
    """Cambia datos de la versión leída. Lo que identifica a una unidad ya inscrita lo rectifica el
    registro.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    exigir_if_match(request, unidad.version)
    limpios = cambios.model_dump(exclude_unset=True)
    unidad = unidades.editar_unidad(sesion, actor, unidad.id, limpios, version=unidad.version)
    return _responder(sesion, respuesta, unidad)


@router.post("/unidades-economicas/{numero}/presentacion", responses=respuestas(404, 409))
def presentar_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Presenta el borrador, o lo observado ya corregido, ante el registro."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.presentar(sesion, actor, unidad.id))


@router.post("/unidades-economicas/{numero}/inscripcion", responses=respuestas(404, 409))
def inscribir_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """El registro inscribe: desde ahora la unidad es pública y puede actuar."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.inscribir(sesion, actor, unidad.id))


@router.post("/unidades-economicas/{numero}/observacion", responses=respuestas(404, 409))
def observar_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """El registro devuelve la solicitud con lo que hay que corregir."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.observar(sesion, actor, unidad.id, datos.motivo))


@router.post("/unidades-economicas/{numero}/suspension", responses=respuestas(404, 409))
def suspender_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """El registro suspende: nadie puede actuar por la unidad hasta que se la rehabilite."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.suspender(sesion, actor, unidad.id, datos.motivo))


@router.post("/unidades-economicas/{numero}/rehabilitacion", responses=respuestas(404, 409))
def rehabilitar_unidad(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, respuesta: Response, _clave: Idempotente
) -> UnidadSalida:
    """Deshace una suspensión o una cancelación."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.rehabilitar(sesion, actor, unidad.id))


@router.post("/unidades-economicas/{numero}/cancelacion", responses=respuestas(404, 409))
def cancelar_unidad(
    numero: Numero,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    respuesta: Response,
    _clave: Idempotente,
) -> UnidadSalida:
    """Cierra el registro: lo pide la unidad o lo dispone el registro."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    return _responder(sesion, respuesta, unidades.cancelar(sesion, actor, unidad.id, datos.motivo))


@router.get("/unidades-economicas/{numero}/asientos", responses=respuestas(404))
def listar_asientos(
    numero: Numero, sesion: Sesion, actor: ActorRequerido, pagina: Cursor
) -> Pagina[AsientoSalida]:
    """La historia de la unidad, para quienes la representan y el registro."""
    unidad = _de_la_casa(sesion, actor, numero)
    filas, siguiente = asientos_de(sesion, unidad.id, pagina)
    datos = [AsientoSalida.model_validate(fila, from_attributes=True) for fila in filas]
    return Pagina(datos=datos, siguiente=siguiente)


def _de_la_casa(sesion: Sesion, actor: Actor, numero: str) -> UnidadEconomica:
    unidad, interno = unidad_visible(sesion, actor, numero)
    if not interno:
        raise SinFacultad(_("Solo quienes representan a la unidad ven esto."))
    return unidad


# --- Mandates --------------------------------------------------------------------------------------------


@router.get("/mandatos", responses=respuestas())
def listar_mis_mandatos(sesion: Sesion, actor: ActorRequerido) -> Pagina[MandatoSalida]:
    """Los mandatos vigentes que usted tiene."""
    return Pagina(datos=mandatos_salida(sesion, mandatos.mandatos_para(sesion, actor)))


@router.get("/unidades-economicas/{numero}/mandatos", responses=respuestas(404))
def listar_mandatos(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> Pagina[MandatoSalida]:
    """Quiénes actúan o actuaron por la unidad."""
    unidad = _de_la_casa(sesion, actor, numero)
    return Pagina(datos=mandatos_salida(sesion, mandatos.mandatos_de(sesion, unidad.id)))


@router.post("/unidades-economicas/{numero}/mandatos", status_code=201, responses=respuestas(404, 409))
def otorgar_mandato(
    numero: Numero, datos: MandatoNuevo, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida:
    """Faculta a una persona o a otra unidad para actuar por esta."""
    unidad = _de_la_casa(sesion, actor, numero)
    mandatos.exigir_que_pueda_otorgar(sesion, actor, unidad.id)
    nuevo = leer_mandato(sesion, actor, datos)
    return _un_mandato(sesion, mandatos.otorgar_mandato(sesion, actor, unidad.id, nuevo))


@router.post("/mandatos/{mandato_id}/revocacion", responses=respuestas(404, 409))
def revocar_mandato(
    mandato_id: UUID, datos: Revocacion, sesion: Sesion, actor: ActorRequerido, _clave: Idempotente
) -> MandatoSalida:
    """Termina un mandato y los que se delegaron de él."""
    mandato = mandatos.revocar_mandato(sesion, actor, mandato_id, datos.motivo, efecto=datos.efecto)
    return _un_mandato(sesion, mandato)


def leer_mandato(sesion: Sesion, actor: Actor, datos: MandatoNuevo) -> mandatos.NuevoMandato:
    """The grant that the body describes. Look-ups by identity card are limited: they tell who is a user."""
    persona_id = unidad_id = None
    if datos.persona is not None:
        limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
        persona = buscar_persona_por_ci(sesion, datos.persona.ci, datos.persona.complemento)
        if persona is None:
            raise DatosInvalidos(
                _("Nadie con esa cédula ingresó todavía a Qhatu: pídale que ingrese una vez."),
                campos={"persona": _("No se encontró esa cédula.")},
            )
        persona_id = persona.id
    if datos.unidad is not None:
        unidad_id = unidad_visible(sesion, actor, datos.unidad)[0].id
    return mandatos.NuevoMandato(
        facultades=tuple(datos.facultades),
        persona_id=persona_id,
        unidad_id=unidad_id,
        monto_limite=datos.monto_limite,
        desde=datos.desde,
        hasta=datos.hasta,
        subdelegable=datos.subdelegable,
        documento=datos.documento,
    )


def _un_mandato(sesion: Sesion, mandato: Mandato) -> MandatoSalida:
    return mandatos_salida(sesion, [mandato])[0]


# --- Qualities -------------------------------------------------------------------------------------------


@router.get("/habilitaciones", responses=respuestas())
def listar_habilitaciones(
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    estado: EstadoHabilitacion = EstadoHabilitacion.SOLICITADA,
) -> Pagina[HabilitacionSalida]:
    """Las habilitaciones en un estado, las que más esperan primero. Solo para el registro."""
    exigir_regulador(sesion, actor)
    filas, siguiente = habilitaciones.bandeja_de_habilitaciones(sesion, estado, pagina)
    return Pagina(datos=[_habilitacion(sesion, fila) for fila in filas], siguiente=siguiente)


@router.get("/unidades-economicas/{numero}/habilitaciones", dependencies=PUBLICO, responses=respuestas(404))
def ver_habilitaciones(numero: Numero, sesion: Sesion, actor: ActorOpcional) -> Pagina[HabilitacionPublica]:
    """Las habilitaciones otorgadas; las demás solo las ven la unidad y el registro."""
    unidad, interno = unidad_visible(sesion, actor, numero)
    return Pagina(datos=unidad_completa(sesion, unidad, interno=interno).habilitaciones)


@router.post("/unidades-economicas/{numero}/habilitaciones", status_code=201, responses=respuestas(404, 409))
def solicitar_habilitacion(
    numero: Numero,
    datos: HabilitacionSolicitud,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """La unidad solicita una habilitación."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitaciones.solicitar_habilitacion(sesion, actor, unidad.id, datos.habilitacion)
    return _habilitacion(sesion, fila)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/otorgamiento", responses=respuestas(404, 409)
)
def otorgar_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: Otorgamiento,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """El registro otorga, renueva o levanta la suspensión de una habilitación."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitaciones.otorgar_habilitacion(
        sesion, actor, unidad.id, habilitacion, norma=datos.norma, desde=datos.desde, hasta=datos.hasta
    )
    return _habilitacion(sesion, fila)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/rechazo", responses=respuestas(404, 409)
)
def rechazar_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """El registro rechaza una solicitud; la unidad puede volver a pedirla."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitaciones.rechazar_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    return _habilitacion(sesion, fila)


@router.post(
    "/unidades-economicas/{numero}/habilitaciones/{habilitacion}/suspension", responses=respuestas(404, 409)
)
def suspender_habilitacion(
    numero: Numero,
    habilitacion: Habilitacion,
    datos: MotivoEntrada,
    sesion: Sesion,
    actor: ActorRequerido,
    _clave: Idempotente,
) -> HabilitacionSalida:
    """El registro suspende una habilitación desde este momento."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    fila = habilitaciones.suspender_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    return _habilitacion(sesion, fila)


def _habilitacion(sesion: Sesion, fila: HabilitacionUnidad) -> HabilitacionSalida:
    unidad = sesion.get_one(UnidadEconomica, fila.unidad_id)
    return HabilitacionSalida(
        **habilitacion_publica(fila, interno=True).model_dump(),
        unidad=unidad.numero,
        denominacion=unidad.denominacion,
        solicitada_en=fila.solicitada_en,
        resuelta_en=fila.resuelta_en,
    )


# --- Reference tables ------------------------------------------------------------------------------------


@router.get("/catalogos/departamentos", dependencies=PUBLICO, responses=respuestas())
def listar_departamentos(sesion: Sesion) -> Pagina[DepartamentoSalida]:
    """Los nueve departamentos, con su código del INE."""
    return Pagina(datos=[DepartamentoSalida.model_validate(d) for d in catalogos.departamentos(sesion)])


@router.get("/catalogos/municipios", dependencies=PUBLICO, responses=respuestas())
def listar_municipios(
    sesion: Sesion,
    q: Consulta = "",
    departamento: Annotated[str | None, Query(pattern="^0[1-9]$", description="Código del INE.")] = None,
) -> Pagina[MunicipioSalida]:
    """Los municipios, con su código del INE (versión de 2019)."""
    filas = catalogos.municipios(sesion, q, departamento)
    return Pagina(datos=[MunicipioSalida.model_validate(m) for m in filas])


@router.get("/catalogos/actividades", dependencies=PUBLICO, responses=respuestas())
def listar_actividades(
    sesion: Sesion,
    q: Consulta = "",
    nivel: Annotated[str, Query(pattern="^(seccion|division|clase)$")] = "clase",
) -> Pagina[ActividadSalida]:
    """Las actividades de la CIIU Rev. 4; una unidad se inscribe con clases de cuatro cifras."""
    return Pagina(datos=[ActividadSalida.model_validate(a) for a in catalogos.actividades(sesion, q, nivel)])


@router.get("/catalogos/formas-legales", dependencies=PUBLICO, responses=respuestas())
def listar_formas_legales(sesion: Sesion, tipo: TipoUnidad | None = None) -> Pagina[FormaLegalSalida]:
    """Las formas legales (ISO 20275 y códigos propios), y a qué tipos de unidad corresponden."""
    return Pagina(datos=[FormaLegalSalida.model_validate(f) for f in catalogos.formas_legales(sesion, tipo)])
