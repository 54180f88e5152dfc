"""The forms of a call: what each asks for, in which words."""

from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field

from feria_inversa.documentos import DOCUMENTOS_MAXIMOS, PEDIDOS_MAXIMOS, ClaseTraida, opciones_de_clase
from feria_inversa.plan import Partida
from feria_inversa.precios import Cantidad, UnidadEscrita, UnidadMedida, opciones_de_unidad
from feria_inversa.procesos import vistas
from feria_inversa.procesos.esquemas import (
    LOTES_MAXIMOS,
    PLAZO_MAXIMO_DIAS,
    CancelacionEntrada,
    CierreNuevoEntrada,
    ConvocatoriaEntrada,
    ItemEntrada,
    Lotes,
    Motivo,
    Objeto,
    PlazoDias,
    PublicacionEntrada,
    SuspensionEntrada,
    Texto,
    Titulo,
    Unspsc,
)
from feria_inversa.procesos.estados import Cierre
from feria_inversa.reglas import opciones_de_categoria
from nucleo.archivos import MAXIMO_BYTES, TIPO_PDF, DocumentoInvalido
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, Momento, PrecioUnitario, leer_entero
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

SUBSANABLE = "subsanable"
FUERA = "fuera"


def _renglones(texto: Any) -> Any:
    return [renglon for renglon in texto.split("\n") if renglon.strip()] if isinstance(texto, str) else texto


class DatosDePagina(ConvocatoriaEntrada):
    """The names of the lots come one a line; the line of the plan, as it is called."""

    lotes: Annotated[Lotes, BeforeValidator(_renglones)] = Field([])
    linea_de_plan: Annotated[str | None, Field(max_length=30)] = None


class BorradorNuevo(DatosDePagina):
    unidad_id: UUID


class ItemPorQuitar(BaseModel):
    """An item to take out, by its number."""

    quitar: int


class EnmiendaDePagina(BaseModel):
    """The text of a published call as it will be, and a later deadline if there is one."""

    titulo: Objeto
    descripcion: Annotated[Texto, Field(max_length=5000)] = ""
    lugar_entrega: Annotated[Texto, Field(max_length=300)] = ""
    plazo_entrega_dias: PlazoDias
    vence_en: Momento | None = None
    motivo: Motivo


class ItemDePagina(BaseModel):
    """An item to add; or, without a price yet, to look first at what things alike were awarded for."""

    descripcion: Annotated[Texto, Field(min_length=3, max_length=500)]
    unspsc: Unspsc | None = None
    cantidad: Cantidad
    unidad_medida: UnidadMedida | None = None
    unidad_texto: UnidadEscrita | None = None
    precio_referencial: PrecioUnitario | None = None
    partida: Partida | None = None
    lote: Annotated[Entero, Field(ge=1, le=LOTES_MAXIMOS)] | None = None
    mirar: bool


class EnmiendaDeItem(ItemEntrada):
    """An item as it will be, by its number, or one more (0); looked at before it is published."""

    numero: int
    vence_en: Momento | None = None
    motivo: Motivo
    publicar: bool


class DocumentoEscrito(BaseModel):
    """A document of a draft; with `numero`, another version of that one."""

    clase: ClaseTraida
    titulo: Titulo
    numero: int | None = None


class EnmiendaDeDocumento(DocumentoEscrito):
    vence_en: Momento | None = None
    motivo: Motivo


class PedidoDePagina(BaseModel):
    """A document that is asked for, and what its lack does."""

    nombre: Titulo
    falta: Literal["subsanable", "fuera"]


class PedidosDePagina(BaseModel):
    pedidos: Annotated[list[PedidoDePagina], Field(max_length=PEDIDOS_MAXIMOS)] = []


class DocumentoPorQuitar(BaseModel):
    """A document to take out, by its number."""

    quitar: Annotated[Entero, Field(ge=1, le=DOCUMENTOS_MAXIMOS)]


_DATOS = (
    campos.texto(
        "titulo",
        _l("Qué se necesita, en una línea"),
        ayuda=_l("Por ejemplo: Desayuno escolar para 12 unidades educativas."),
        falta=_l("Diga qué necesita, en una línea."),
        maximo=1000,
    ),
    campos.opciones(
        "categoria",
        _l("Qué se contrata"),
        opciones=opciones_de_categoria,
        falta=_l("Elija qué se contrata."),
    ),
    campos.texto(
        "linea_de_plan",
        _l("Línea del plan anual"),
        ayuda=_l("Su número en el plan de este año: 12. O con su plan: PAC-1101-00-2028/12."),
        ancho="medio",
        maximo=30,
        opcional=True,
    ),
    campos.area(
        "descripcion",
        _l("Descripción y condiciones"),
        ayuda=_l("Lo que todo proveedor debe saber antes de ofertar."),
        filas=6,
        maximo=5000,
        opcional=True,
        vacio="",
    ),
    campos.seleccion("municipio_ine", _l("Municipio de entrega"), falta=_l("Elija el municipio.")),
    campos.texto(
        "lugar_entrega",
        _l("Lugar de entrega"),
        ayuda=_l("Una referencia: almacén municipal, frente a la plaza."),
        maximo=300,
        opcional=True,
        vacio="",
    ),
    campos.entero(
        "plazo_entrega_dias",
        _l("Plazo máximo de entrega, en días"),
        minimo=1,
        maximo=PLAZO_MAXIMO_DIAS,
        falta=_l("Escriba cuántos días, de 1 a 1.095."),
    ),
    campos.opciones(
        "adjudica_por",
        _l("Cómo se adjudica"),
        opciones=vistas.opciones_de_forma,
        opcional=True,
    ),
    campos.area(
        "lotes",
        _l("Lotes, si adjudica por lote"),
        ayuda=_l("El nombre de cada uno, en un renglón aparte. Después dirá qué ítem va en cuál."),
        falta=_l("Escriba el nombre de cada lote, de 3 a 200 letras, en un renglón aparte."),
        filas=3,
        maximo=20_000,
        opcional=True,
    ),
    campos.opciones(
        "metodo", _l("Cómo se comparan las ofertas"), opciones=vistas.opciones_de_metodo, opcional=True
    ),
    campos.entero(
        "puntos_tecnica",
        _l("Cuánto vale la propuesta técnica, de 100 puntos"),
        ayuda=_l("Déjelo vacío si gana el precio más bajo."),
        maximo=100,
        opcional=True,
        falta=_l("Escriba un número de 0 a 100."),
    ),
    campos.entero(
        "minimo_tecnica",
        _l("Con cuántos de esos puntos pasa una oferta"),
        maximo=100,
        opcional=True,
        falta=_l("Escriba un número de 0 a 100."),
    ),
    campos.casilla(
        "subasta",
        _l("Con subasta electrónica: abiertas las ofertas, sus precios bajan en público"),
        ayuda=_l("De bienes o servicios, en ANPE y licitación; si hay dos ofertas o más por lo mismo."),
    ),
    campos.casilla(
        "subasta_por_rondas",
        _l("La subasta es en tres rondas, por turnos"),
        ayuda=_l("En cada una puja primero quien va más alto y último quien va más bajo, una vez."),
    ),
    campos.casilla(
        "dos_sobres",
        _l("En dos sobres: los precios se abren después de calificar la parte técnica"),
        ayuda=_l("Por el total y con puntos técnicos. De quien no pasa, el precio no se abre nunca."),
    ),
    campos.casilla(
        "cotizacion_rapida",
        _l("Cotización rápida: los nombres de quienes ofertan no se ven hasta la decisión"),
        ayuda=_l("En contratación menor. Gana el precio más bajo y no se pide ningún documento."),
    ),
)
BORRADOR = Formulario(
    "convocatoria",
    BorradorNuevo,
    campos.seleccion(
        "unidad_id",
        _l("Entidad que compra"),
        entre_varias=_l("Elija la entidad"),
        falta=_l("Elija la entidad que compra."),
    ),
    *_DATOS,
)
DATOS = Formulario("convocatoria.datos", DatosDePagina, *_DATOS)
_ITEM = (
    campos.area(
        "descripcion",
        _l("Descripción"),
        ayuda=_l("Con medidas, material o características mínimas; sin marcas."),
        falta=_l("Describa el ítem con sus medidas o características."),
        filas=2,
        maximo=500,
    ),
    campos.cantidad("cantidad", _l("Cantidad"), ancho=""),
    campos.seleccion(
        "unidad_medida",
        _l("Unidad de medida"),
        opciones=opciones_de_unidad,
        elija=_l("No está en la lista: la escribo"),
        falta=_l("Elija la unidad de medida."),
        opcional=True,
    ),
    campos.texto(
        "unidad_texto",
        _l("Si no está en la lista, escríbala"),
        ayuda=_l("Quedará como la escriba: su precio no se comparará con otros."),
        falta=_l("Escriba la unidad en letras, hasta 60."),
        maximo=60,
        ancho="corto",
        opcional=True,
    ),
    campos.precio("precio_referencial", _l("Precio referencial por unidad"), ancho=""),
    campos.texto(
        "unspsc",
        _l("Código UNSPSC"),
        ayuda=_l("8 números. Ayuda a que los proveedores del rubro la encuentren."),
        falta=_l("El código UNSPSC tiene 8 números."),
        modo="numeric",
        ancho="corto",
        maximo=8,
        opcional=True,
    ),
)
_PARTIDA = campos.texto(
    "partida",
    _l("Partida por objeto del gasto"),
    ayuda=_l("Cinco números: 39500. La de la línea del plan, si empezó de una."),
    falta=_l("La partida tiene cinco números."),
    modo="numeric",
    ancho="corto",
    maximo=5,
    opcional=True,
)
_LOTE = campos.seleccion("lote", _l("Lote"), opcional=True, falta=_l("Elija el lote."))
ITEM = Formulario(
    "convocatoria.item",
    ItemDePagina,
    *(replace(campo, opcional=True) if campo.nombre == "precio_referencial" else campo for campo in _ITEM),
    _PARTIDA,
    _LOTE,
    campos.boton("mirar"),
)
QUITAR_ITEM = Formulario("convocatoria.item.quitar", ItemPorQuitar, campos.oculto("quitar"))
PUBLICACION = Formulario(
    "convocatoria.publicacion",
    PublicacionEntrada,
    campos.opciones("modalidad", _l("Modalidad que corresponde al monto"), opcional=True),
    campos.momento(
        "vence_en",
        _l("Las ofertas se reciben hasta"),
        ayuda=_l("Hora de Bolivia. Una oferta que llega a esa hora ya es tardía."),
        falta=_l("Elija el día y la hora."),
    ),
    campos.seleccion("ejecutora", _l("Unidad ejecutora"), opcional=True),
    campos.texto(
        "cuce",
        _l("CUCE que ya tiene en SICOES"),
        ayuda=_l("Si el proceso todavía no está en SICOES, déjelo vacío: aquí recibe el suyo."),
        maximo=30,
        opcional=True,
    ),
)
_MOTIVO = campos.area(
    "motivo",
    _l("Motivo, que será público"),
    filas=3,
    maximo=1000,
    falta=_l("Explique el motivo con al menos 10 letras: será público."),
)
_CIERRE = campos.momento(
    "vence_en",
    _l("Las ofertas se reciben hasta"),
    ayuda=_l("Hora de Bolivia; nunca antes del cierre que tenía."),
    falta=_l("Elija el día y la hora."),
)
_OTRO_CIERRE = campos.momento(
    "vence_en",
    _l("Nuevo cierre, si cambia"),
    ayuda=_l("Hora de Bolivia; nunca antes del que tenía, y con tiempo para quien ya ofertó."),
    falta=_l("Elija el día y la hora."),
    opcional=True,
)
ENMENDAR = Formulario(
    "convocatoria.enmienda",
    EnmiendaDePagina,
    *(campo for campo in _DATOS if campo.nombre in EnmiendaDePagina.model_fields),
    _OTRO_CIERRE,
    _MOTIVO,
)
ENMENDAR_ITEM = Formulario(
    "convocatoria.enmienda.item",
    EnmiendaDeItem,
    campos.oculto("numero", lector=leer_entero, falta=_l("Elija el ítem.")),
    *_ITEM,
    _PARTIDA,
    _LOTE,
    _OTRO_CIERRE,
    _MOTIVO,
    campos.boton("publicar"),
)
_DOCUMENTO = (
    campos.seleccion("clase", _l("Qué es"), opciones=opciones_de_clase, falta=_l("Elija qué documento es.")),
    campos.texto(
        "titulo",
        _l("Título"),
        ayuda=_l("Como lo buscará quien oferta: Planos del tinglado."),
        falta=_l("Escriba el título, con 3 letras o más."),
        maximo=200,
    ),
    campos.archivo(
        "archivo",
        _l("Archivo PDF"),
        bytes_maximos=MAXIMO_BYTES,
        ayuda=_l("Hasta 8 MB y 20 páginas. Se guarda dibujado otra vez, sin lo que no se ve."),
        falta=_l("Elija un archivo PDF."),
        acepta=TIPO_PDF,
    ),
    campos.seleccion(
        "numero",
        _l("Es una versión nueva de"),
        elija=_l("Ninguno: es otro documento"),
        falta=_l("Elija el documento."),
        opcional=True,
    ),
)
_EL_ARCHIVO = {DocumentoInvalido.codigo: "archivo"}
DOCUMENTO = Formulario("convocatoria.documento", DocumentoEscrito, *_DOCUMENTO, lugares=_EL_ARCHIVO)
ENMENDAR_DOCUMENTO = Formulario(
    "convocatoria.enmienda.documento",
    EnmiendaDeDocumento,
    *_DOCUMENTO,
    _OTRO_CIERRE,
    _MOTIVO,
    lugares=_EL_ARCHIVO,
)
QUITAR_DOCUMENTO = Formulario("convocatoria.documento.quitar", DocumentoPorQuitar, campos.oculto("quitar"))
PEDIDOS = Formulario(
    "convocatoria.documentos_pedidos",
    PedidosDePagina,
    campos.texto(
        "pedidos.*.nombre",
        _l("Documento"),
        falta=_l("Escriba qué documento es, con 3 letras o más."),
        maximo=200,
    ),
    campos.seleccion(
        "pedidos.*.falta",
        _l("Si falta"),
        opciones=lambda: [
            (SUBSANABLE, _("Se puede subsanar")),
            (FUERA, _("La oferta queda fuera")),
        ],
        elija=_l("Elija qué pasa"),
        falta=_l("Diga qué pasa si falta."),
    ),
)
AMPLIAR = Formulario("convocatoria.ampliacion", CierreNuevoEntrada, _CIERRE, _MOTIVO)
SUSPENDER = Formulario("convocatoria.suspension", SuspensionEntrada, _MOTIVO)
VOLVER_A_RECIBIR = Formulario("convocatoria.reanudacion", CierreNuevoEntrada, _CIERRE, _MOTIVO)
CANCELACION = Formulario(
    "convocatoria.cancelacion",
    CancelacionEntrada,
    campos.opciones(
        "cierre",
        _l("¿Cómo termina?"),
        opciones=lambda: [
            (Cierre.CANCELA, _("Se cancela"), _("Ya no hace falta: no se vuelve a publicar.")),
            (Cierre.ANULA, _("Se anula"), _("Se publica otra vez, corregida, con el CUCE que sigue.")),
        ],
        falta=_l("Diga si se cancela o se anula."),
    ),
    campos.area(
        "motivo",
        _l("Motivo, que será público"),
        filas=3,
        maximo=1000,
        falta=_l("Explique el motivo con al menos 10 letras: será público."),
    ),
)
PASO = Formulario("convocatoria.paso", Nada)
"""A button of a call or a bid that asks for nothing: open, order, delete, withdraw."""

HojaDeBorrador = Annotated[Hoja[BorradorNuevo], Depends(BORRADOR)]
HojaDeDatos = Annotated[Hoja[DatosDePagina], Depends(DATOS)]
HojaDeItem = Annotated[Hoja[ItemDePagina], Depends(ITEM)]
HojaDeQuitar = Annotated[Hoja[ItemPorQuitar], Depends(QUITAR_ITEM)]
HojaDeEnmienda = Annotated[Hoja[EnmiendaDePagina], Depends(ENMENDAR)]
HojaDeEnmiendaDeItem = Annotated[Hoja[EnmiendaDeItem], Depends(ENMENDAR_ITEM)]
HojaDeAmpliacion = Annotated[Hoja[CierreNuevoEntrada], Depends(AMPLIAR)]
HojaDeSuspension = Annotated[Hoja[SuspensionEntrada], Depends(SUSPENDER)]
HojaDeReanudacion = Annotated[Hoja[CierreNuevoEntrada], Depends(VOLVER_A_RECIBIR)]
HojaDeDocumento = Annotated[Hoja[DocumentoEscrito], Depends(DOCUMENTO)]
HojaDeEnmiendaDeDocumento = Annotated[Hoja[EnmiendaDeDocumento], Depends(ENMENDAR_DOCUMENTO)]
HojaDeQuitarDocumento = Annotated[Hoja[DocumentoPorQuitar], Depends(QUITAR_DOCUMENTO)]
HojaDePedidos = Annotated[Hoja[PedidosDePagina], Depends(PEDIDOS)]
HojaDePublicacion = Annotated[Hoja[PublicacionEntrada], Depends(PUBLICACION)]
HojaDeCancelacion = Annotated[Hoja[CancelacionEntrada], Depends(CANCELACION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
