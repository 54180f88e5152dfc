"""The reverse fair on telephones of 360 px, from page to page as people find their way: what follows is
a link or a button of the page where they are.

The server, its clock and its sweeps are of this process. After each journey the decisions, the appeals, the
orders and the purchases of the catalogue are verified.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from comercio.catalogo import ProductoNuevo, crear_producto
from comercio.compra.hacer import pedidos_de
from empresa_digital.registro import Facultad, Habilitacion
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ZONA
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos
from tests.ayudas.navegador import faltas_de_axe, identificar
from tests.comercio.jornadas.conftest import Telefono
from tests.feria_inversa.compra_de_catalogo.conftest import Ente, _sin_memoria, ente, entidad, leer, mercado
from tests.feria_inversa.conftest import Feria, Parte, crear_parte, feria, feria_con_calendario, item

pytestmark = pytest.mark.navegador
__all__ = [
    "_sin_memoria",
    "crear_parte",
    "ente",
    "entidad",
    "feria",
    "feria_con_calendario",
    "leer",
    "mercado",
]
MARZO = datetime(2028, 3, 6, 10, tzinfo=ZONA)
TRES_ROTOS = "Tres pupitres llegaron rotos."
NO_CUMPLE = "El generador ofertado no llega a la potencia que se pide."


@dataclass
class Calle:
    """Everybody's telephones, and the time that passes for all."""

    sitio: str
    reloj: Any
    nueva_pagina: Callable[..., Any]
    javascript: bool = True
    suyos: list[tuple[Telefono, Any]] = field(default_factory=list)

    def telefono(self, persona: Any = None) -> Telefono:
        pagina = self.nueva_pagina(ancho=360, javascript=self.javascript, service_workers="block")
        nuevo = Telefono(self.sitio, pagina, self.javascript)
        if persona is not None:
            self.suyos.append((nuevo.es_de(persona), persona))
        return nuevo

    def pasan(self, **cuanto: float) -> None:
        """So much time; whoever was signed in signs in again."""
        self.reloj.adelantar(timedelta(**cuanto))
        entregar_pendientes()
        for telefono, persona in self.suyos:
            identificar(telefono.pagina, self.sitio, persona)

    def en(self, dias: float) -> str:
        """So many days from now, as the field of a moment is filled."""
        cuando: datetime = self.reloj.ahora() + timedelta(days=dias)
        return cuando.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def calle(sitio: str, reloj: Any, nueva_pagina: Callable[..., Any]) -> Iterator[Calle]:
    yield Calle(sitio, reloj, nueva_pagina)
    entregar_pendientes()
    modulos("verificar")
    suyas = [p for p in partes() if p.startswith(("libro", "feria"))]
    assert {p: f for p in suyas if (f := verificar(p))} == {}


def marcar(telefono: Telefono, rotulo: str, lugar: int = 0) -> None:
    telefono.pagina.get_by_label(rotulo).filter(visible=True).nth(lugar).check()


def elegir(telefono: Telefono, rotulo: str, opcion: str) -> None:
    """The option of a list that has those words, as who reads it chooses it."""
    pagina = telefono.pagina
    lista = pagina.get_by_label(rotulo).and_(pagina.locator("select")).filter(visible=True).first
    lista.select_option(lista.locator("option", has_text=opcion).first.get_attribute("value"))


def accesible(telefono: Telefono) -> None:
    """What a screen reader and a keyboard find where they are."""
    assert faltas_de_axe(telefono.pagina) == [], telefono.ruta


def nombrar(telefono: Telefono, papel: str, persona: str) -> None:
    elegir(telefono, "Papel", papel)
    elegir(telefono, "Persona", persona)
    telefono.llenar("Documento que la designa", "RA 12/2028")
    telefono.pulsar("^Nombrar$").dice(rf"{persona}[\s\S]*{papel}")


def ofertar(telefono: Telefono, titulo: str, *precios: str | None, llena: str = "") -> None:
    """From the list of what the State needs to the receipt; None leaves an item out. The first item may be
    filled with what the unit has on sale."""
    telefono.ir("/feria").pulsar(titulo).pulsar("Ofertar|Preparar")
    if llena:
        accesible(telefono)
    marcas = telefono.pagina.get_by_label("Marca o procedencia")
    if llena:
        telefono.pulsar(f"Llenar con «{llena}»")
        assert "Muebles Dora" in marcas.first.input_value()
    for lugar, precio in enumerate(precios):
        if precio is not None:
            telefono.pagina.get_by_label("Su precio por unidad").nth(lugar).fill(precio)
            if not (llena and lugar == 0):
                marcas.nth(lugar).fill("Taller propio")
    telefono.pulsar("Revisar los totales").pulsar("Presentar la oferta").dice("sobre cerrado")


def que_vende(feria: Feria, nombre: str, producto: str) -> Parte:
    """A unit that sells that in the shop and may sell to the State."""
    parte = feria.crear_parte(
        nombre,
        facultades=(Facultad.OFERTAR, Facultad.VENDER),
        habilitaciones=(Habilitacion.PROVEEDOR_DEL_ESTADO, Habilitacion.VENDEDOR),
    )
    datos = {"unidad_id": parte.id, "titulo": producto, "descripcion": "De cedro, con parrilla."}
    datos |= {"categoria": "muebles", "precio": bs("450"), "existencia": 60, "peso_g": 9000}
    with transaccion() as sesion:
        crear_producto(sesion, parte.actor, ProductoNuevo.model_validate(datos | {"publicar": True}))
    return parte


def test_del_plan_al_pago_por_seis_personas(
    feria: Feria, calle: Calle, crear_persona: Callable[..., Any], sesion: Session
) -> None:
    """Each of the six does what is of their role; what came late costs its penalty."""
    calle.reloj.situar(MARZO)

    def gente(nombre: str, *facultades: Facultad) -> Any:
        persona = crear_persona(nombre)
        feria.mandato(feria.entidad.id, persona, *facultades)
        return persona

    autoridad = calle.telefono(gente("Autoridad", Facultad.ADMINISTRAR))
    adela = calle.telefono(gente("Adela", Facultad.COMPRAR))
    rita = calle.telefono(gente("Rita", Facultad.COMPRAR, Facultad.EVALUAR))
    evalua = calle.telefono(gente("Evaristo", Facultad.EVALUAR))
    recibe = calle.telefono(gente("Nora", Facultad.COMPRAR))
    paga = calle.telefono(gente("Pablo", Facultad.PAGAR))

    # Who has the highest authority says who administers, and who decides.
    autoridad.ir("/compras").pulsar("^Papeles$")
    nombrar(autoridad, "Unidad administrativa", "Adela")
    nombrar(autoridad, "Responsable de compras menores", "Rita")

    # Adela makes the plan of the year, and begins a process from its line.
    adela.ir("/compras").pulsar("Plan anual de contrataciones")
    adela.llenar("Gestión", "2028").pulsar("Empezar el plan")
    adela.llenar("Qué se va a contratar", "Pupitres y pizarras")
    marcar(adela, "Bienes")
    adela.llenar("Monto referencial", "22683")
    elegir(adela, "Mes en que", "Marzo")
    adela.llenar("Partida por objeto", "43700").pulsar("^Añadir$")
    adela.abrir("Publicar el plan").pulsar("Sí, publicar").dice("versión 1")
    adela.pulsar("Empezar su proceso")
    elegir(adela, "Municipio de entrega", "Sucre")
    adela.llenar("Plazo máximo de entrega", "15").pulsar("Guardar y seguir")
    for que, cuantos, precio in (("Pupitre de madera", "40", "450"), ("Pizarra acrílica", "6", "780,50")):
        adela.llenar("Descripción", que).llenar("Cantidad", cuantos)
        elegir(adela, "Unidad de medida", "Pieza")
        adela.llenar("Precio referencial por unidad", precio).pulsar("Añadir el ítem").dice(que)

    # Rita publishes it, and names who evaluates and who receives.
    rita.ir("/compras").pulsar("Pupitres y pizarras").pulsar("Revisar y publicar")
    rita.dice("PAC-1101-00-2028/1|Plan anual")
    rita.llenar("Las ofertas se reciben hasta", calle.en(10)).pulsar("^Publicar$").dice("Recibe ofertas")
    rita.pulsar("Quién hace cada acto")
    nombrar(rita, "Evaluación", "Evaristo")
    nombrar(rita, "Recepción", "Nora")

    # Three units bid, one with what it has on sale; and one takes its bid back.
    dora, carmen = que_vende(feria, "Muebles Dora", "Pupitre de madera"), feria.crear_parte("Taller Carmen")
    de_ana, de_dora, de_carmen = (calle.telefono(p.persona) for p in (feria.ana, dora, carmen))
    ofertar(de_ana, "Pupitres y pizarras", "400", "700,10")
    ofertar(de_dora, "Pupitres y pizarras", "430", None, llena="Pupitre de madera")
    ofertar(de_carmen, "Pupitres y pizarras", "100", "100")
    de_carmen.ir("/ofertas").pulsar("Pupitres y pizarras")
    accesible(de_carmen)
    de_carmen.abrir("Retirar la oferta").pulsar("Sí, retirar")
    de_carmen.ir("/ofertas").dice("Retirada")
    proceso = sesion.exec(select(Convocatoria)).one()
    sesion.rollback()

    # The opening, the report of who evaluates, the decision.
    calle.pasan(days=10, seconds=1)
    rita.ir("/compras").pulsar("Pupitres y pizarras").dice("Abrir los sobres")
    assert "400,00" not in rita.pagina.content()
    rita.pulsar("Abrir los sobres ahora").dice("400,00", "430,00").no_dice("Carmen")
    evalua.ir("/compras").pulsar("Pupitres y pizarras").pulsar("Firmar el informe").dice(
        "firmaron su informe"
    )
    rita.ir("/compras").pulsar("Pupitres y pizarras").dice("Quienes evalúan firmaron su informe")
    rita.pulsar("Registrar la decisión").pulsar("Emitir órdenes de compra").dice("20.200,60")

    # Ana accepts the order and delivers it in two parts: of the first some come broken, the second is late.
    orden = sesion.exec(select(OrdenDeCompra)).one()
    numero = orden.numero
    sesion.rollback()
    de_ana.ir("/ordenes-de-compra").pulsar(numero).pulsar("Aceptar la orden").dice("Anotar una entrega")
    de_ana.llenar("1. Pupitre", "20").llenar("2. Pizarra", "6").pulsar("Anotar la entrega")
    recibe.ir("/ordenes-de-compra").pulsar(numero)
    recibe.llenar("1. Pupitre", "17").llenar("2. Pizarra", "6").pulsar("Registrar la recepción")
    recibe.dice("por qué no recibe todo").pagina.errores.clear()  # a 422 is told in the console
    recibe.llenar("Por qué no recibe todo", TRES_ROTOS).pulsar("Registrar la recepción").dice(TRES_ROTOS)
    calle.pasan(days=18)
    de_ana.ir("/ordenes-de-compra").dice("Entrega atrasada").pulsar(numero).dice("días de atraso")
    de_ana.llenar("1. Pupitre", "23").pulsar("Anotar la entrega")
    recibe.ir("/ordenes-de-compra").pulsar(numero)
    recibe.llenar("1. Pupitre", "23")
    marcar(recibe, "Aplicar la multa")
    recibe.pulsar("Registrar la recepción").dice("Multa por 3 días de atraso", "276,00")

    # What was received, less its penalty, is paid.
    paga.ir("/ordenes-de-compra").dice("Falta pagar").pulsar(numero).dice("falta pagar")
    paga.llenar("Monto", "19924,60")
    marcar(paga, "Con un C-31")
    paga.llenar("Número del C-31", "2028-44").pulsar("Registrar el pago").dice("Concluida", "Días para pagar")
    anonima = calle.telefono().ir("/feria").ir(f"/feria/{proceso.id}").pulsar(numero)
    anonima.dice("Concluida", "20.200,60", "276,00", "19.924,60")
    sesion.expire_all()
    orden = sesion.get_one(OrdenDeCompra, orden.id)
    assert (orden.estado, orden.recibido) == ("concluida", bs("20200.60"))
    assert (orden.multa, orden.pagado) == (bs("276.00"), bs("19924.60"))
    retiradas = select(Oferta.estado).order_by(col(Oferta.presentada_en))
    assert list(sesion.exec(retiradas)) == ["vigente", "vigente", "retirada"]
    sesion.rollback()


def test_lo_impugnado_se_decide_de_nuevo_y_lo_desierto_se_vuelve_a_convocar(
    feria: Feria, calle: Calle, crear_persona: Callable[..., Any], sesion: Session
) -> None:
    """Who has the highest authority revokes; then the same process is decided anew, and what nobody offered
    is called again with the number that follows."""
    calle.reloj.situar(MARZO)
    autoridad = crear_persona("Autoridad")
    feria.mandato(feria.entidad.id, autoridad, Facultad.ADMINISTRAR)
    caro = [item("Generador de energía", "1", "300000.00"), item("Bomba de agua", "1", "100000.00")]
    id_ = feria.publicada(dias=25, items=caro, titulo="Equipos para el hospital").id
    feria.ofertar(feria.ana, id_, ["290000.00", None])
    feria.ofertar(feria.beto, id_, ["295000.00", None])
    calle.pasan(days=25, seconds=1)

    compra = calle.telefono(feria.entidad.persona).ir("/compras").pulsar("Equipos para el hospital")
    compra.pulsar("Abrir los sobres ahora").dice("290.000,00", "295.000,00")
    marcar(compra, "Declarar desierto", 1)
    compra.pulsar("Registrar la decisión").dice("Declarado desierto", "plazo de impugnación")

    de_beto = calle.telefono(feria.beto.persona).ir("/ofertas").pulsar("Equipos para el hospital")
    de_beto.dice("se puede impugnar hasta").pulsar("Ver la decisión").abrir("Presentar una impugnación")
    accesible(de_beto)
    elegir(de_beto, "Ítem", "Generador")
    de_beto.llenar("Motivo, que será público", NO_CUMPLE).pulsar("^Impugnar$").dice(NO_CUMPLE)
    compra.ir("/compras").pulsar("Equipos para el hospital").dice("Impugnaron una decisión")
    compra.no_dice("Emitir órdenes de compra")

    resuelve = calle.telefono(autoridad).ir("/panel").pulsar("Resolver impugnaciones")
    resuelve.pulsar("Equipos para el hospital").pulsar("Ver las impugnaciones").dice(NO_CUMPLE)
    accesible(resuelve)
    marcar(resuelve, "Revocar la decisión")
    resuelve.llenar("Fundamento, que será público", "La ficha técnica dice 40 kVA, no 60.")
    resuelve.pulsar("Resolver la impugnación").dice("En evaluación")

    compra.ir("/compras").pulsar("Equipos para el hospital")
    marcar(compra, "Carpintería Beto")
    compra.llenar("Motivo", "Se revocó la decisión: la más barata no cumple.")
    compra.pulsar("Registrar la decisión").dice(r"Carpintería Beto[\s\S]*Adjudicada")
    de_beto.ir("/ofertas").dice("Adjudicada|Ganó")

    calle.pasan(days=7)  # the term to contest that one
    compra.ir("/compras").pulsar("Equipos para el hospital")
    compra.pulsar("Empezar el borrador").dice("Bomba de agua").no_dice("Generador")
    compra.pulsar("Revisar y publicar").dice("Vuelve a convocar lo que quedó desierto")
    compra.llenar("Las ofertas se reciben hasta", calle.en(25)).pulsar("^Publicar$").dice("Recibe ofertas")
    primera, segunda = sesion.exec(select(Convocatoria).order_by(col(Convocatoria.creado_en))).all()
    assert primera.cuce is not None
    assert segunda.cuce is not None
    antes, despues = primera.cuce.split("-"), segunda.cuce.split("-")
    assert (antes[:-2], antes[-2:]) == (despues[:-2], ["1", "1"])
    assert despues[-2:] == ["2", "1"]
    cuces = primera.cuce, segunda.cuce
    sesion.rollback()
    anonima = calle.telefono().ir(f"/feria/{id_}").dice("Lo desierto se volvió a convocar")
    anonima.pulsar(cuces[1]).dice("Bomba de agua").pulsar(cuces[0]).dice(NO_CUMPLE)


def test_un_municipio_compra_del_catalogo_sin_javascript(ente: Ente, calle: Calle) -> None:
    """From the search of the shop to the payment: who asks, who approves and pays, who receives."""
    calle.javascript = False
    berta, carla, nora, tomasa = (
        calle.telefono(p) for p in (ente.entidad.persona, ente.carla, ente.nora, ente.mercado.vendedor)
    )
    ente.mercado.publicar("Chompa de alpaca", precio="80.00")
    entregar_pendientes()

    carla.ir("/compras").pulsar("Certificaciones presupuestarias")
    carla.llenar("Número de la certificación", "0412").llenar("Monto certificado", "1.000")
    carla.llenar("Fecha en que se emitió", calle.en(0)[:10]).llenar("Para qué se certifica", "Uniformes")
    carla.llenar("Partida por objeto", "39500").pulsar("^Registrar$").dice("0412")

    berta.ir("/tienda?q=chompa").pulsar("Congelar esta búsqueda")
    berta.llenar("Para qué", "Uniformes del personal")
    elegir(berta, "eligió", "Chompa de alpaca")
    berta.pulsar("^Congelar$").pulsar("Pedir que sostenga el precio del elegido")
    berta.llenar("¿Cuánto?", "5").llenar("¿Cuántos días?", "7").pulsar("Pedir que lo sostenga")
    tomasa.ir("/vender").pulsar("Ofertas a entidades")
    marcar(tomasa, "Sí")
    tomasa.pulsar("^Responder$")

    berta.ir("/compras").pulsar("Compras del catálogo").dice("Le sostienen el precio").pulsar("de Chompa")
    elegir(berta, "Certificación presupuestaria", "0412")
    berta.llenar("Para qué se compra", "Uniformes del personal")
    berta.llenar("Nombre de quien recibe", "Berta Prueba").llenar("Teléfono", "71234567")
    elegir(berta, "Municipio", "La Paz")
    berta.llenar("Cómo llegar", "Puerta verde, detrás de la plaza")
    berta.pulsar("Pedir la compra").dice("Espera a que otra persona")
    compra = berta.ruta.split("?")[0]

    carla.ir("/compras").pulsar("Compras del catálogo").pulsar("Chompa de alpaca|CC-")
    carla.dice("Espera su decisión")
    marcar(carla, "cuenta de la entidad")
    carla.pulsar("Aprobar la compra").dice("Aprobada y ordenada")
    (pedido,) = pedidos_de_la(compra)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    entregar_pendientes()
    nora.ir("/compras").pulsar("Compras del catálogo").pulsar("CC-").dice("¿Llegó bien?")
    nora.pulsar("Dar la conformidad")
    ente.abonar(ente.entidad.unidad, "500.00")
    carla.ir("/compras").pulsar("Compras del catálogo").pulsar("CC-").dice("Recibida, por pagar")
    marcar(carla, "Con dinero de la cuenta")
    carla.pulsar("Registrar el pago").dice("Pagada", "400,00")
    calle.telefono().ir("/compras-de-catalogo").dice("Chompa de alpaca", "Pagada")


def pedidos_de_la(compra: str) -> list[Any]:
    with transaccion() as sesion:
        return list(pedidos_de(sesion, UUID(compra.rsplit("/", 1)[1])))
