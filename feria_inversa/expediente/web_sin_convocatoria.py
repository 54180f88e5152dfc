"""Page where an entity writes down a process without a call, with what its supplier quoted."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_numero
from feria_inversa.apertura import SinConvocatoriaEntrada, registrar_sin_convocatoria
from feria_inversa.entidades import ejecutoras_de
from feria_inversa.procesos import (
    PLAZO_MAXIMO_DIAS,
    ConvocatoriaNoEncontrada,
    Cuce,
    Estado,
    EstadoNoPermite,
    PlazoDias,
    Texto,
    convocatoria_visible,
    ficha,
    items_de,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import vigentes
from feria_inversa.reglas.modelos import Modalidad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import PrecioUnitario
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter()


class CotizadoDePagina(BaseModel):
    """What was quoted for an item; the rows go by its number."""

    precio_unitario: PrecioUnitario
    marca: Annotated[Texto, Field(min_length=1, max_length=120)]
    plazo_dias: PlazoDias


class SinConvocatoriaDePagina(BaseModel):
    modalidad: UUID
    causa: Annotated[Texto, Field(min_length=10, max_length=1000)]
    proveedor: Annotated[Texto, Field(max_length=20)]
    lineas: list[CotizadoDePagina] = []
    ejecutora: Annotated[str | None, Field(pattern=r"^[0-9]{2}$")] = None
    cuce: Cuce | None = None


SIN_CONVOCATORIA = Formulario(
    "convocatoria.sin_convocatoria",
    SinConvocatoriaDePagina,
    campos.seleccion("modalidad", _l("Modalidad y norma"), falta=_l("Elija la modalidad.")),
    campos.area(
        "causa",
        _l("Por qué no hay convocatoria; será público"),
        filas=3,
        maximo=1000,
        falta=_l("Explique la causa con al menos 10 letras: será pública."),
    ),
    campos.texto(
        "proveedor",
        _l("Número de registro del proveedor"),
        maximo=20,
        falta=_l("Escriba su número de registro: está en su página."),
    ),
    campos.precio("lineas.*.precio_unitario", _l("Precio cotizado por unidad"), ancho=""),
    campos.texto("lineas.*.marca", _l("Marca o procedencia"), maximo=120, falta=_l("Escriba la marca.")),
    campos.entero(
        "lineas.*.plazo_dias",
        _l("Entrega en días"),
        minimo=1,
        maximo=PLAZO_MAXIMO_DIAS,
        ancho="",
        falta=_l("Escriba cuántos días, de 1 a 1.095."),
    ),
    campos.seleccion("ejecutora", _l("Unidad ejecutora"), opcional=True),
    campos.texto("cuce", _l("CUCE que ya tiene en SICOES, terminado en 0-E"), maximo=30, opcional=True),
)
HojaSinConvocatoria = Annotated[Hoja[SinConvocatoriaDePagina], Depends(SIN_CONVOCATORIA)]


@router.get("/compras/{convocatoria_id}/sin-convocatoria")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _borrador(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/sin-convocatoria", response_model=None)
def registrar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaSinConvocatoria
) -> HTMLResponse | RedirectResponse:
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    with hoja:
        entrada = _entrada(sesion, hoja, convocatoria)
        registrada = registrar_sin_convocatoria(sesion, actor, convocatoria_id, entrada)
        aviso = _("Registrado con el CUCE {}: falta decidir.").format(registrada.cuce)
        return redirigir(f"/compras/{convocatoria_id}", aviso)
    return _pagina(request, sesion, convocatoria, hoja)


def _borrador(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    if convocatoria.estado != Estado.BORRADOR:
        raise EstadoNoPermite(_("Solo se registra un borrador."))
    return convocatoria


def _entrada(
    sesion: Session, hoja: Hoja[SinConvocatoriaDePagina], convocatoria: Convocatoria
) -> SinConvocatoriaEntrada:
    datos = hoja.datos
    modalidad = sesion.get(Modalidad, datos.modalidad)
    if modalidad is None:
        raise DatosInvalidos(campos={"modalidad": _("Elija la modalidad.")})
    try:
        proveedor = unidad_por_numero(sesion, datos.proveedor)
    except NoEncontrado as error:
        dicho = _("No hay una unidad con ese número de registro.")
        raise DatosInvalidos(campos={"proveedor": dicho}) from error
    items = {item.numero: item.id for item in items_de(sesion, convocatoria.id)}
    lineas = [
        linea.model_dump() | {"item_id": items[numero], "precio_unitario": linea.precio_unitario}
        for numero, linea in zip(hoja.filas("lineas"), datos.lineas, strict=True)
        if numero in items
    ]
    if not lineas:
        primera = f"lineas.{min(items, default=1)}.precio_unitario"
        raise DatosInvalidos(campos={primera: _("Escriba el precio de al menos un ítem.")})
    return SinConvocatoriaEntrada.model_validate(
        {
            "modalidad": modalidad.codigo,
            "norma": modalidad.norma,
            "causa": datos.causa,
            "cotizaciones": [{"proveedor_id": proveedor.id, "lineas": lineas}],
            "ejecutora": datos.ejecutora,
            "cuce": datos.cuce,
        }
    )


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    hoy = fecha_bolivia(ahora_bd(sesion))
    posibles = [
        (str(id_), f"{reglas.nombre} ({reglas.codigo}): {reglas.norma}")
        for id_, reglas in vigentes(sesion, hoy).items()
        if reglas.admite(convocatoria.monto_referencial)
    ]
    ejecutoras = ejecutoras_de(sesion, convocatoria.unidad_id)
    listas: Mapping[str, Any] = {
        "modalidad": posibles,
        "ejecutora": [(e.ejecutora, f"{e.ejecutora} · {e.nombre}") for e in ejecutoras],
    }
    return pagina(
        request,
        "feria_inversa/expediente/sin_convocatoria.html",
        hoja=hoja,
        registro=SIN_CONVOCATORIA.mostrar(request, enviada=hoja, opciones=dict(listas)),
        ejecutoras=ejecutoras,
        **ficha(sesion, convocatoria),
    )
