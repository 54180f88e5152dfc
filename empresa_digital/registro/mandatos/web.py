"""Pages to see, grant and revoke mandates."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from moneyed import Money
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from ciudadania import ActorRequerido, buscar_persona_por_ci, exigir_sesion_reciente
from empresa_digital.registro.mandatos.consultas import mandato_por_id, mandatos_de, nombres_de_apoderados
from empresa_digital.registro.mandatos.contexto import contexto_del_registro  # noqa: F401 (registers what every page shows)
from empresa_digital.registro.mandatos.errores import MandatoNoEncontrado, SinFacultad
from empresa_digital.registro.mandatos.facultades import exigir_facultad
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import (
    ADMINISTRABLES,
    NuevoMandato,
    otorgar_mandato,
    revocar_mandato,
)
from empresa_digital.registro.mandatos.palabras import FACULTADES, facultades_en_palabras
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.mandatos.visibles import administra, unidad_propia
from empresa_digital.registro.unidades import (
    Formulario,
    Unidad,
    UnidadNoEncontrada,
    pagina,
    texto,
    unidad_por_numero,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import leer_monto
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.limites import limitar
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
REAUTENTICAR_MIN = 30


@router.get("/mis-unidades/{numero}/mandatos")
def ver_mandatos(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Who acts and who acted for the unit."""
    unidad = unidad_propia(sesion, actor, numero)
    filas = mandatos_de(sesion, unidad.id)
    momento = ahora_bd(sesion)
    return pagina(
        request,
        "mandatos/mandatos.html",
        unidad=unidad,
        vigentes=[m for m in filas if en_vigor(m, momento)],
        anteriores=[m for m in filas if not en_vigor(m, momento)],
        facultades_en_palabras=facultades_en_palabras,
        apoderados=nombres_de_apoderados(sesion, filas),
        puede_otorgar=administra(sesion, actor, unidad) and unidad.estado in ADMINISTRABLES,
        yo=actor.persona_id,
    )


def en_vigor(mandato: Mandato, momento: datetime) -> bool:
    """Whether it gives power now, or will from a future date."""
    vencido = mandato.valido_hasta is not None and mandato.valido_hasta <= momento
    revocado = mandato.revocado_en is not None and mandato.revocado_en <= momento
    return not vencido and not revocado


@router.get("/mis-unidades/{numero}/mandatos/nuevo")
def nuevo(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, clase: str = "persona"
) -> Response:
    unidad = _administrada(sesion, actor, numero)
    exigir_sesion_reciente(actor, REAUTENTICAR_MIN)
    return _formulario(request, unidad, {"clase": clase}, {})


@router.post("/mis-unidades/{numero}/mandatos/nuevo")
def otorgar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario
) -> Response:
    unidad = _administrada(sesion, actor, numero)
    exigir_sesion_reciente(actor, REAUTENTICAR_MIN)
    try:
        otorgar_mandato(sesion, actor, unidad.id, _leer(sesion, actor, formulario))
    except (DatosInvalidos, Conflicto) as error:
        valores: dict[str, Any] = {c: texto(formulario, c) for c in formulario}
        valores["facultades"] = formulario.getlist("facultades")
        return _formulario(request, unidad, valores, error.campos or {"": error.detalle}, error.estado)
    return redirigir(f"/mis-unidades/{unidad.numero}/mandatos", _("Mandato otorgado."))


def _administrada(sesion: Session, actor: Actor, numero: str) -> Unidad:
    unidad = unidad_propia(sesion, actor, numero)
    exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    return unidad


def _leer(sesion: Session, actor: Actor, formulario: FormData) -> NuevoMandato:
    """The grant that the form describes; every wrong field is told at once."""
    errores: dict[str, str] = {}
    persona_id, unidad_id = _leer_apoderado(sesion, actor, formulario, errores)
    facultades = tuple(f for f in Facultad if f.value in formulario.getlist("facultades"))
    if not facultades:
        errores["facultades"] = _("Marque al menos una facultad.")
    limite = _leer_limite(texto(formulario, "monto_limite"), errores)
    hasta = _leer_hasta(texto(formulario, "hasta"), errores)
    if errores:
        raise DatosInvalidos(_("Revise los datos del mandato."), campos=errores)
    return NuevoMandato(
        facultades=facultades,
        persona_id=persona_id,
        unidad_id=unidad_id,
        monto_limite=limite,
        hasta=hasta,
        subdelegable=bool(texto(formulario, "subdelegable")),
        documento=texto(formulario, "documento") or None,
    )


def _leer_apoderado(
    sesion: Session, actor: Actor, formulario: FormData, errores: dict[str, str]
) -> tuple[UUID | None, UUID | None]:
    if texto(formulario, "clase") == "unidad":
        try:
            otra = unidad_por_numero(sesion, texto(formulario, "unidad"))
        except UnidadNoEncontrada:
            otra = None
        if otra is None or otra.inscrita_en is None:
            errores["unidad"] = _("No hay una unidad inscrita con ese número.")
            return None, None
        return None, otra.id
    limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
    persona = buscar_persona_por_ci(sesion, texto(formulario, "ci"), texto(formulario, "complemento") or None)
    if persona is None:
        errores["ci"] = _("Nadie con esa cédula ingresó todavía a Qhatu: pídale que ingrese una vez.")
        return None, None
    return persona.id, None


def _leer_limite(crudo: str, errores: dict[str, str]) -> Money | None:
    if not crudo.strip():
        return None
    try:
        return leer_monto(crudo)
    except DatosInvalidos as error:
        errores["monto_limite"] = error.detalle
        return None


def _leer_hasta(crudo: str, errores: dict[str, str]) -> datetime | None:
    """The end of a last valid day in Bolivia."""
    if not crudo.strip():
        return None
    try:
        dia = date.fromisoformat(crudo.strip())
        return datetime.combine(dia, time.min, ZONA) + timedelta(days=1)
    except (ValueError, OverflowError):
        errores["hasta"] = _("Escriba la fecha con día, mes y año.")
        return None


def _formulario(
    request: Request,
    unidad: Unidad,
    valores: dict[str, Any],
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    facultades = [(f, *FACULTADES[f]) for f in FACULTADES if f != Facultad.REGULAR]
    return pagina(
        request,
        "mandatos/mandato_nuevo.html",
        estado,
        unidad=unidad,
        valores=valores,
        errores=errores,
        facultades=facultades,
        clase="unidad" if valores.get("clase") == "unidad" else "persona",
    )


@router.get("/mis-unidades/{numero}/mandatos/{mandato_id}/revocar")
def ver_revocar(
    numero: str, mandato_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido
) -> Response:
    unidad, mandato = _mandato_revocable(sesion, actor, numero, mandato_id)
    return _pagina_revocar(request, sesion, unidad, mandato, "", {})


@router.post("/mis-unidades/{numero}/mandatos/{mandato_id}/revocar")
def revocar(
    numero: str,
    mandato_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    formulario: Formulario,
) -> Response:
    unidad, mandato = _mandato_revocable(sesion, actor, numero, mandato_id)
    motivo = texto(formulario, "motivo")
    try:
        revocar_mandato(sesion, actor, mandato.id, motivo)
    except (DatosInvalidos, Conflicto) as error:
        errores = error.campos or {"": error.detalle}
        return _pagina_revocar(request, sesion, unidad, mandato, motivo, errores, error.estado)
    propio = mandato.apoderado_persona_id == actor.persona_id
    destino = "/mis-unidades" if propio else f"/mis-unidades/{unidad.numero}/mandatos"
    return redirigir(destino, _("Mandato revocado."))


def _mandato_revocable(
    sesion: Session, actor: Actor, numero: str, mandato_id: UUID
) -> tuple[Unidad, Mandato]:
    unidad = unidad_propia(sesion, actor, numero)
    mandato = mandato_por_id(sesion, mandato_id)
    if mandato.unidad_id != unidad.id:
        raise MandatoNoEncontrado()
    if mandato.apoderado_persona_id != actor.persona_id and not administra(sesion, actor, unidad):
        raise SinFacultad(_("Solo quien administra la unidad revoca los mandatos de otras personas."))
    return unidad, mandato


def _pagina_revocar(
    request: Request,
    sesion: Session,
    unidad: Unidad,
    mandato: Mandato,
    motivo: str,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    return pagina(
        request,
        "mandatos/mandato_revocar.html",
        estado,
        unidad=unidad,
        mandato=mandato,
        facultades_en_palabras=facultades_en_palabras,
        apoderado=nombres_de_apoderados(sesion, [mandato])[mandato.id],
        motivo=motivo,
        errores=errores,
    )
