"""Pages of those who represent a unit: my units, «register my unit» in steps, data, qualities, history."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from empresa_digital.registro.asientos import asientos_de
from empresa_digital.registro.catalogos import (
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
from empresa_digital.registro.inscripcion.acto import CIERRE, CuerpoDeCierre
from empresa_digital.registro.inscripcion.esquemas import UnidadNueva
from empresa_digital.registro.inscripcion.formularios import (
    ACTIVIDAD,
    CANCELACION,
    DATOS,
    NUEVA,
    PRESENTACION,
    RETOMAR,
    HojaDeActividad,
    HojaDeCancelacion,
    HojaDeDatos,
    HojaDePresentacion,
    HojaDeRetomar,
    HojaNueva,
)
from empresa_digital.registro.inscripcion.pasos import (
    PASOS,
    POR_CLAVE,
    REVISAR,
    Paso,
    anterior_paso,
    forma_unica,
    paso_de,
    permitidos,
    siguiente_paso,
)
from empresa_digital.registro.inscripcion.vistas import historia
from empresa_digital.registro.mandatos import (
    Facultad,
    actua,
    administra,
    facultades_de,
    facultades_en_palabras,
    puede,
    unidad_propia,
    unidad_visible,
    unidades_representadas,
)
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    Unidad,
    actividades_de,
    con_parametros,
    faltantes,
    leer_fichas,
    pagina,
    unidades_en_lote,
    unidades_parecidas,
    url_siguiente,
)
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, NoEncontrado
from nucleo.formularios import Hoja
from nucleo.obligaciones import obligaciones_de
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_regulador.router)
_TODOS = tuple(EstadoUnidad)
REVISAN = (Facultad.CONSULTAR, Facultad.TRAMITAR, Facultad.PRESENTAR)
"""Any of these reads the request as it will be submitted."""
Buscar = Annotated[str, Query(max_length=120)]
Volver = Annotated[str, Query(max_length=20)]


@router.get("/mis-unidades")
def mis_unidades(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Every unit I act for, with its state and what comes next."""
    filas = unidades_representadas(sesion, actor, estados=_TODOS)
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
        **_alcances(sesion, actor),
        facultades_en_palabras=facultades_en_palabras,
        lugares=lugares(sesion, (u.municipio_ine for u in filas)),
    )


def _alcances(sesion: Session, actor: Actor) -> dict[str, dict[UUID, frozenset[Facultad]]]:
    """What they may do for each unit, alone (to see asks nobody else's signature) and only with others'."""
    solas, todas = facultades_de(sesion, actor), facultades_de(sesion, actor, con_otros=True)
    ver = frozenset({Facultad.CONSULTAR})
    suyas = {u: solas.get(u, frozenset()) | (cuales & ver) for u, cuales in todas.items()}
    return {
        "facultades": {u: cuales for u, cuales in suyas.items() if cuales},
        "con_otras": {u: mas for u, cuales in todas.items() if (mas := cuales - suyas[u])},
    }


# --- Register in steps -----------------------------------------------------------------------------------


@router.get("/mis-unidades/nueva")
def nueva(request: Request, _actor: ActorRequerido) -> Response:
    """First question: what kind of unit it is and how it is called. Sending it saves a draft at once."""
    return _pagina_nueva(request)


@router.post("/mis-unidades/nueva")
def crear(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaNueva) -> Response:
    with hoja:
        unidad = _crear(sesion, actor, hoja)
        if unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id):
            return redirigir(f"/mis-unidades/{unidad.numero}/parecidas")
        return redirigir(f"/mis-unidades/{unidad.numero}/paso/{siguiente_paso('nombre', unidad, sesion)}")
    return _pagina_nueva(request, hoja)


def _crear(sesion: Session, actor: Actor, hoja: Hoja[UnidadNueva]) -> Unidad:
    """The draft of this form; sending the same form twice finds the first one."""
    existente = unidades_en_lote(sesion, [hoja.id]).get(hoja.id)
    if existente is not None:
        return unidad_propia(sesion, actor, existente.numero, Facultad.ADMINISTRAR)
    datos = hoja.datos
    escrito = datos.model_dump(exclude_unset=True) | {"forma_legal": forma_unica(sesion, datos.tipo)}
    contacto = {} if actor.persona_id is None else _contacto(sesion, actor.persona_id)
    return vida.crear_borrador(sesion, actor, {**contacto, **escrito}, unidad_id=hoja.id)


def _contacto(sesion: Session, persona_id: UUID) -> dict[str, str]:
    """Ask once: the author's own telephone and mail start the contact, to be changed if they are not the
    unit's.
    """
    persona = obtener_persona(sesion, persona_id)
    return {c: v for c, v in (("telefono", persona.celular), ("correo", persona.correo)) if v}


def _pagina_nueva(request: Request, hoja: Hoja[Any] | None = None) -> Response:
    return pagina(
        request,
        "inscripcion/nueva.html",
        hoja=hoja,
        nueva=NUEVA.mostrar(request, enviada=hoja),
        pasos=PASOS,
    )


@router.get("/mis-unidades/{numero}/parecidas")
def parecidas(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Units with a similar name, before going on: is it already registered?"""
    unidad = unidad_propia(sesion, actor, numero, Facultad.TRAMITAR)
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
    buscar: Buscar = "",
    volver: Volver = "",
) -> Response:
    if clave == REVISAR:
        return _pagina_revisar(request, sesion, actor, numero)
    return _pagina_paso(request, sesion, actor, numero, clave, buscar=buscar, volver=volver)


@router.post("/mis-unidades/{numero}/paso/actividad")
def cambiar_actividad(
    numero: str,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeActividad,
    buscar: Buscar = "",
    volver: Volver = "",
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.TRAMITAR)
    with hoja:
        cambios = _cambio_de_actividad(sesion, unidad, hoja.datos.accion)
        vida.editar_unidad(sesion, actor, unidad.id, cambios, version=hoja.version)
        ruta = f"/mis-unidades/{unidad.numero}/paso/actividad"
        return redirigir(con_parametros(ruta, buscar=buscar, volver=volver))
    return _pagina_paso(request, sesion, actor, numero, "actividad", buscar=buscar, volver=volver, hoja=hoja)


@router.post("/mis-unidades/{numero}/paso/{clave}")
def guardar_paso(
    numero: str,
    clave: str,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeDatos,
    volver: Volver = "",
) -> Response:
    """Save this page's answers in the record, and go on."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.TRAMITAR)
    if clave not in POR_CLAVE:
        raise NoEncontrado(_("Ese paso no existe."))
    with hoja:
        cambios = hoja.datos.model_dump(exclude_unset=True)
        unidad = vida.editar_unidad(sesion, actor, unidad.id, cambios, version=hoja.version)
        return redirigir(_destino(sesion, unidad, clave, volver), _aviso(unidad))
    return _pagina_paso(request, sesion, actor, numero, clave, volver=volver, hoja=hoja)


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
    """What changes when a button of the activities page is pressed."""
    verbo, _sep, codigo = accion.partition(":")
    otras = {a.codigo for a in actividades_de(sesion, unidad.id)}
    if verbo == "principal":
        antes = {unidad.actividad_ciiu} if unidad.actividad_ciiu else set()
        return {"actividad_ciiu": codigo, "actividades": sorted((otras | antes) - {codigo})}
    if verbo == "agregar":
        return {"actividades": sorted(otras | {codigo})}
    return {"actividades": sorted(otras - {codigo})}


def _pagina_paso(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    clave: str,
    *,
    buscar: str = "",
    volver: str = "",
    hoja: Hoja[Any] | None = None,
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.TRAMITAR)
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
        "volver": volver,
    }
    if clave == "actividad":
        contexto |= _contexto_de_actividad(request, sesion, unidad, buscar, volver, hoja)
    else:
        valores = _valores(sesion, unidad, paso)
        contexto["entradas"] = list(valores)
        contexto["datos"] = DATOS.mostrar(
            request,
            valores,
            version=unidad.version,
            enviada=hoja,
            opciones=_opciones(sesion, unidad, clave),
        )
        contexto["ruta"] = con_parametros(f"{base}/paso/{clave}", volver=volver)
    return pagina(request, f"inscripcion/paso_{clave}.html", hoja=hoja, **contexto)


def _valores(sesion: Session, unidad: Unidad, paso: Paso) -> dict[str, str | None]:
    """What this step's fields hold now."""
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    if paso.clave == "identificadores":
        return {
            f"identificadores.{e.codigo}": ficha.identificadores.get(e.codigo)
            for e in esquemas_para(unidad.tipo)
        }
    return {campo: ficha.campos[campo] for campo in paso.campos}


def _contexto_de_actividad(
    request: Request, sesion: Session, unidad: Unidad, buscar: str, volver: str, hoja: Hoja[Any] | None
) -> dict[str, Any]:
    ruta = f"/mis-unidades/{unidad.numero}/paso/actividad"
    return {
        "cambio": ACTIVIDAD.mostrar(request, version=unidad.version, enviada=hoja),
        "ruta": ruta,
        "ruta_al_elegir": con_parametros(ruta, volver=volver),
        "ruta_al_quitar": con_parametros(ruta, buscar=buscar, volver=volver),
        "buscar": buscar,
        "halladas": actividades(sesion, buscar)[:25] if buscar.strip() else [],
        "principal": actividad(sesion, unidad.actividad_ciiu),
        "otras": actividades_de(sesion, unidad.id),
    }


def _opciones(sesion: Session, unidad: Unidad, clave: str) -> dict[str, Any]:
    """What each page offers to choose from."""
    if clave == "forma":
        return {"forma_legal": [(f.codigo, f.nombre) for f in formas_legales(sesion, unidad.tipo)]}
    if clave == "lugar":
        grupos: dict[str, list[tuple[str, str]]] = {d.ine: [] for d in departamentos(sesion)}
        for m in municipios(sesion):
            nombre = f"{m.nombre} ({m.otro_nombre})" if m.otro_nombre else m.nombre
            grupos[m.departamento_ine].append((m.ine, nombre))
        return {"municipio_ine": [(d.nombre, grupos[d.ine]) for d in departamentos(sesion)]}
    return {}


def _pagina_revisar(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, *REVISAN)
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    return pagina(
        request,
        "inscripcion/revisar.html",
        hoja=hoja,
        **_datos_de(sesion, unidad),
        presentacion=PRESENTACION.mostrar(request, enviada=hoja),
        pasos=PASOS,
        faltan=[(texto, paso_de(campo)) for campo, texto in faltantes(ficha).items()],
        parecidas=unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id),
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
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePresentacion
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.PRESENTAR)
    with hoja:
        assert hoja.datos.declaro
        vida.presentar(sesion, actor, unidad.id)
        aviso = _("Solicitud presentada. El registro la revisará.")
        return redirigir(f"/mis-unidades/{unidad.numero}", aviso)
    return _pagina_revisar(request, sesion, actor, numero, hoja)


# --- One unit --------------------------------------------------------------------------------------------


@router.get("/mis-unidades/{numero}")
def ver(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The unit from inside; to who acts for it without seeing that, what they may do for it."""
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if actua(sesion, actor, unidad.id) and not puede(sesion, actor, unidad.id, Facultad.CONSULTAR):
        return pagina(
            request,
            "inscripcion/unidad_desde_fuera.html",
            unidad=unidad,
            **_alcances(sesion, actor),
            facultades_en_palabras=facultades_en_palabras,
        )
    return _pagina_unidad(request, sesion, actor, numero)


def _pagina_unidad(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.CONSULTAR)
    return pagina(
        request,
        "inscripcion/unidad.html",
        hoja=hoja,
        **_datos_de(sesion, unidad),
        administra=administra(sesion, actor, unidad),
        puede_cancelar=administra(sesion, actor, unidad, con_otros=True),
        editables={p.clave for p in permitidos(unidad)}
        if puede(sesion, actor, unidad.id, Facultad.TRAMITAR)
        else set(),
        retomar=RETOMAR.mostrar(request, enviada=hoja),
    )


@router.get("/mis-unidades/{numero}/historia")
def ver_historia(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor
) -> Response:
    """Every change of the unit in words, newest first."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.CONSULTAR)
    filas, siguiente = asientos_de(sesion, unidad.id, cursor)
    return pagina(
        request,
        "inscripcion/historia.html",
        unidad=unidad,
        administra=administra(sesion, actor, unidad),
        renglones=historia(sesion, filas),
        siguiente=url_siguiente(request, siguiente),
    )


@router.get("/mis-unidades/{numero}/cancelar")
def ver_cancelar(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_cancelar(request, sesion, actor, numero)


def _pagina_cancelar(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR, con_otros=True)
    return pagina(
        request,
        "inscripcion/cancelar.html",
        hoja=hoja,
        unidad=unidad,
        vivas=obligaciones_de(sesion, unidad.id),
        cancelacion=CANCELACION.mostrar(request, enviada=hoja),
    )


@router.post("/mis-unidades/{numero}/cancelar")
def cancelar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCancelacion
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR, con_otros=True)
    with hoja:
        hecho = CIERRE.hacer(sesion, actor, CuerpoDeCierre(unidad=unidad.id, motivo=hoja.datos.motivo))
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se cancelará cuando firmen los demás."))
        return redirigir("/mis-unidades", _("El registro quedó cancelado."))
    return _pagina_cancelar(request, sesion, actor, numero, hoja)


@router.post("/mis-unidades/{numero}/retomar")
def retomar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRetomar
) -> Response:
    """Take up a discarded draft again."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        vida.rehabilitar(sesion, actor, unidad.id)
        return redirigir(f"/mis-unidades/{unidad.numero}", _("El borrador está otra vez abierto."))
    return _pagina_unidad(request, sesion, actor, numero, hoja)
