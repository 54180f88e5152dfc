"""Pages of those who represent a unit: my units, «register my unit» in steps, data, qualities, history."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from empresa_digital.registro.asientos import asientos_de
from empresa_digital.registro.catalogos import (
    TipoUnidad,
    actividad,
    actividades,
    departamentos,
    forma_legal,
    formas_legales,
    lugar,
    lugares,
    municipios,
)
from empresa_digital.registro.identificadores import ESQUEMAS, esquemas_para, identificadores_de
from empresa_digital.registro.inscripcion import vida, web_regulador
from empresa_digital.registro.inscripcion.pasos import (
    PASOS,
    POR_CLAVE,
    REVISAR,
    anterior_paso,
    forma_unica,
    leer_paso,
    paso_de,
    permitidos,
    siguiente_paso,
)
from empresa_digital.registro.inscripcion.vistas import historia
from empresa_digital.registro.mandatos import administra, unidad_propia, unidades_de
from empresa_digital.registro.unidades import (
    TIPOS,
    EstadoUnidad,
    Formulario,
    Unidad,
    actividades_de,
    con_parametros,
    entero,
    faltantes,
    leer_fichas,
    pagina,
    texto,
    unidades_en_lote,
    unidades_parecidas,
    url_siguiente,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_regulador.router)
_TODOS = tuple(EstadoUnidad)


@router.get("/mis-unidades")
def mis_unidades(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Every unit I act for, with its state and what comes next."""
    filas = unidades_de(sesion, actor, estados=_TODOS)
    orden = list(EstadoUnidad)
    filas.sort(
        key=lambda u: (
            u.estado == EstadoUnidad.CANCELADA,
            u.estado == EstadoUnidad.INSCRITA,
            orden.index(u.estado),
        )
    )
    return pagina(
        request,
        "inscripcion/mis_unidades.html",
        unidades=filas,
        lugares=lugares(sesion, (u.municipio_ine for u in filas)),
    )


# --- Register in steps -----------------------------------------------------------------------------------


@router.get("/mis-unidades/nueva")
def nueva(request: Request, _actor: ActorRequerido) -> Response:
    """First question: what kind of unit it is and how it is called. Sending it saves a draft at once."""
    return _pagina_nueva(request, {"id": str(nuevo_id())}, {})


@router.post("/mis-unidades/nueva")
def crear(request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario) -> Response:
    valores = {c: texto(formulario, c) for c in ("id", "tipo", "denominacion", "nombre_comercial")}
    try:
        unidad = _crear(sesion, actor, valores)
    except DatosInvalidos as error:
        return _pagina_nueva(request, valores, error.campos or {"": error.detalle}, estado=422)
    except Conflicto as error:
        return _pagina_nueva(request, valores, {"": error.detalle}, estado=409)
    if unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id):
        return redirigir(f"/mis-unidades/{unidad.numero}/parecidas")
    return redirigir(f"/mis-unidades/{unidad.numero}/paso/{siguiente_paso('nombre', unidad, sesion)}")


def _crear(sesion: Session, actor: Actor, valores: dict[str, str]) -> Unidad:
    """The draft of this form; sending the same form twice finds the first one."""
    try:
        clave = UUID(valores["id"])
    except ValueError:
        clave = nuevo_id()
    existente = unidades_en_lote(sesion, [clave]).get(clave)
    if existente is not None:
        return unidad_propia(sesion, actor, existente.numero)
    datos: dict[str, Any] = {c: valores[c] for c in ("tipo", "denominacion", "nombre_comercial")}
    if valores["tipo"] in TIPOS:
        datos["forma_legal"] = forma_unica(sesion, TipoUnidad(valores["tipo"]))
    persona_contacto = {} if actor.persona_id is None else _contacto(sesion, actor.persona_id)
    return vida.crear_borrador(sesion, actor, {**persona_contacto, **datos}, unidad_id=clave)


def _contacto(sesion: Session, persona_id: UUID) -> dict[str, str]:
    """Ask once: the author's own telephone and mail start the contact, to be changed if they are not the
    unit's.
    """
    persona = obtener_persona(sesion, persona_id)
    return {c: v for c, v in (("telefono", persona.celular), ("correo", persona.correo)) if v}


def _pagina_nueva(
    request: Request, valores: dict[str, str], errores: dict[str, str], estado: int = 200
) -> Response:
    tipos = [(t.value, str(nombre), str(ayuda)) for t, (nombre, ayuda) in TIPOS.items()]
    return pagina(
        request, "inscripcion/nueva.html", estado, valores=valores, errores=errores, tipos=tipos, pasos=PASOS
    )


@router.get("/mis-unidades/{numero}/parecidas")
def parecidas(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Units with a similar name, before going on: is it already registered?"""
    unidad = unidad_propia(sesion, actor, numero)
    halladas = unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id)
    return pagina(
        request,
        "inscripcion/parecidas.html",
        unidad=unidad,
        parecidas=halladas,
        lugares=lugares(sesion, (p.unidad.municipio_ine for p in halladas)),
        continuar=f"/mis-unidades/{unidad.numero}/paso/{siguiente_paso('nombre', unidad, sesion)}",
    )


@router.get("/mis-unidades/{numero}/paso/{clave}")
def ver_paso(
    numero: str,
    clave: str,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    buscar: Annotated[str, Query(max_length=120)] = "",
    volver: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    if clave == REVISAR:
        return _pagina_revisar(request, sesion, unidad)
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    valores = {**ficha.campos, **{f"identificadores.{e}": v for e, v in ficha.identificadores.items()}}
    return _pagina_paso(request, sesion, unidad, clave, valores, {}, buscar=buscar, volver=volver)


@router.post("/mis-unidades/{numero}/paso/{clave}")
def guardar_paso(
    numero: str, clave: str, request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario
) -> Response:
    """Save this page's answers in the record, and go on."""
    unidad = unidad_propia(sesion, actor, numero)
    paso = POR_CLAVE.get(clave)
    if paso is None:
        raise NoEncontrado(_("Ese paso no existe."))
    volver = texto(formulario, "volver")
    cambios = leer_paso(paso, unidad, formulario)
    if clave == "actividad":
        cambios = _cambio_de_actividad(sesion, unidad, texto(formulario, "accion"))
    try:
        unidad = vida.editar_unidad(sesion, actor, unidad.id, cambios, version=entero(formulario, "version"))
    except (DatosInvalidos, Conflicto) as error:
        valores = {c: texto(formulario, c) for c in formulario}
        errores = error.campos or {"": error.detalle}
        return _pagina_paso(
            request, sesion, unidad, clave, valores, errores, volver=volver, estado=error.estado
        )
    if clave == "actividad":
        buscar = texto(formulario, "buscar")
        return redirigir(
            con_parametros(f"/mis-unidades/{unidad.numero}/paso/actividad", buscar=buscar, volver=volver)
        )
    return redirigir(_destino(sesion, unidad, clave, volver), _aviso(unidad))


def _aviso(unidad: Unidad) -> str | None:
    return _("Datos guardados.") if unidad.estado == EstadoUnidad.INSCRITA else None


def _destino(sesion: Session, unidad: Unidad, clave: str, volver: str) -> str:
    base = f"/mis-unidades/{unidad.numero}"
    if unidad.estado == EstadoUnidad.INSCRITA:
        return base
    if volver == REVISAR:
        return f"{base}/paso/{REVISAR}"
    return f"{base}/paso/{siguiente_paso(clave, unidad, sesion)}"


def _cambio_de_actividad(sesion: Session, unidad: Unidad, accion: str) -> dict[str, Any]:
    """Each button of the activities page says what it does: `principal:1391`, `agregar:1313`,
    `quitar:1313`.
    """
    verbo, _sep, codigo = accion.partition(":")
    otras = {a.codigo for a in actividades_de(sesion, unidad.id)}
    if verbo == "principal":
        antes = {unidad.actividad_ciiu} if unidad.actividad_ciiu else set()
        return {"actividad_ciiu": codigo, "actividades": sorted((otras | antes) - {codigo})}
    if verbo == "agregar":
        return {"actividades": sorted(otras | {codigo})}
    if verbo == "quitar":
        return {"actividades": sorted(otras - {codigo})}
    return {}


def _pagina_paso(
    request: Request,
    sesion: Session,
    unidad: Unidad,
    clave: str,
    valores: dict[str, Any],
    errores: dict[str, str],
    *,
    buscar: str = "",
    volver: str = "",
    estado: int = 200,
) -> Response:
    paso = POR_CLAVE.get(clave)
    if paso is None:
        raise NoEncontrado(_("Ese paso no existe."))
    if paso not in permitidos(unidad):
        raise Conflicto(_("En el estado de la unidad no se cambian estos datos."))
    anterior = anterior_paso(clave)
    base = f"/mis-unidades/{unidad.numero}"
    en_pasos = unidad.estado != EstadoUnidad.INSCRITA
    contexto: dict[str, Any] = {
        "unidad": unidad,
        "paso": paso,
        "pasos": PASOS,
        "indice": [p.clave for p in PASOS].index(clave),
        "en_pasos": en_pasos,
        "anterior": f"{base}/paso/{anterior}" if anterior and en_pasos else base,
        "siguiente": _destino(sesion, unidad, clave, volver),
        "valores": valores,
        "errores": errores,
        "volver": volver,
        **_opciones(sesion, unidad, clave, buscar),
    }
    return pagina(request, f"inscripcion/paso_{clave}.html", estado, **contexto)


def _opciones(sesion: Session, unidad: Unidad, clave: str, buscar: str) -> dict[str, Any]:
    """What each page offers to choose from."""
    if clave == "forma":
        return {"formas": [(f.codigo, f.nombre) for f in formas_legales(sesion, unidad.tipo)]}
    if clave == "actividad":
        return {
            "buscar": buscar,
            "halladas": actividades(sesion, buscar)[:25] if buscar.strip() else [],
            "principal": actividad(sesion, unidad.actividad_ciiu),
            "otras": actividades_de(sesion, unidad.id),
        }
    if clave == "lugar":
        grupos: dict[str, list[tuple[str, str]]] = {d.ine: [] for d in departamentos(sesion)}
        for m in municipios(sesion):
            nombre = f"{m.nombre} ({m.otro_nombre})" if m.otro_nombre else m.nombre
            grupos[m.departamento_ine].append((m.ine, nombre))
        return {"lugares": [(d.nombre, grupos[d.ine]) for d in departamentos(sesion)]}
    if clave == "identificadores":
        return {"esquemas": esquemas_para(unidad.tipo)}
    return {}


def _pagina_revisar(
    request: Request,
    sesion: Session,
    unidad: Unidad,
    errores: dict[str, str] | None = None,
    estado: int = 200,
) -> Response:
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    return pagina(
        request,
        "inscripcion/revisar.html",
        estado,
        **_datos_de(sesion, unidad),
        pasos=PASOS,
        faltan=[(texto_, paso_de(campo)) for campo, texto_ in faltantes(ficha).items()],
        parecidas=unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id),
        errores=errores or {},
        puede_presentar=unidad.estado in (EstadoUnidad.BORRADOR, EstadoUnidad.OBSERVADA),
    )


def _datos_de(sesion: Session, unidad: Unidad) -> dict[str, Any]:
    """The data of a unit in words, as the review, the owner's page and the regulator's show them."""
    return {
        "unidad": unidad,
        "forma": forma_legal(sesion, unidad.forma_legal),
        "actividad": actividad(sesion, unidad.actividad_ciiu),
        "otras": actividades_de(sesion, unidad.id),
        "lugar": lugar(sesion, unidad.municipio_ine),
        "identificadores": identificadores_de(sesion, unidad.id),
        "esquemas": ESQUEMAS,
    }


@router.post("/mis-unidades/{numero}/presentar")
def presentar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario
) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    if not texto(formulario, "declaro"):
        errores = {"declaro": _("Marque la declaración para presentar.")}
        return _pagina_revisar(request, sesion, unidad, errores, 422)
    try:
        vida.presentar(sesion, actor, unidad.id)
    except (DatosInvalidos, Conflicto) as error:
        return _pagina_revisar(request, sesion, unidad, {"": error.detalle}, error.estado)
    return redirigir(f"/mis-unidades/{unidad.numero}", _("Solicitud presentada. El registro la revisará."))


# --- One unit --------------------------------------------------------------------------------------------


@router.get("/mis-unidades/{numero}")
def ver(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    return pagina(
        request,
        "inscripcion/unidad.html",
        **_datos_de(sesion, unidad),
        administra=administra(sesion, actor, unidad),
        editables={p.clave for p in permitidos(unidad)},
    )


@router.get("/mis-unidades/{numero}/historia")
def ver_historia(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor
) -> Response:
    """Every change of the unit in words, newest first."""
    unidad = unidad_propia(sesion, actor, numero)
    filas, siguiente = asientos_de(sesion, unidad.id, cursor)
    return pagina(
        request,
        "inscripcion/historia.html",
        unidad=unidad,
        renglones=historia(sesion, filas),
        siguiente=url_siguiente(request, siguiente),
    )


@router.get("/mis-unidades/{numero}/cancelar")
def ver_cancelar(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    return pagina(request, "inscripcion/cancelar.html", unidad=unidad, valores={}, errores={})


@router.post("/mis-unidades/{numero}/cancelar")
def cancelar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario
) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    motivo = texto(formulario, "motivo")
    try:
        vida.cancelar(sesion, actor, unidad.id, motivo)
    except (DatosInvalidos, Conflicto) as error:
        errores = error.campos or {"": error.detalle}
        return pagina(
            request,
            "inscripcion/cancelar.html",
            error.estado,
            unidad=unidad,
            valores={"motivo": motivo},
            errores=errores,
        )
    return redirigir("/mis-unidades", _("El registro quedó cancelado."))


@router.post("/mis-unidades/{numero}/retomar")
def retomar(numero: str, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Take up a discarded draft again."""
    unidad = unidad_propia(sesion, actor, numero)
    vida.rehabilitar(sesion, actor, unidad.id)
    return redirigir(f"/mis-unidades/{unidad.numero}", _("El borrador está otra vez abierto."))
