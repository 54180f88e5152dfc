"""The reverse fair of the scene: calls at each point of their life, their bids, orders and appeals."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5
from uuid import UUID

from tests.autorizacion.escena import MARCA, Escena, apoderar
from tests.autorizacion.filas import bs


def publicar(e: Escena) -> None:
    """Calls of some time ago, with a bid of the shop in each."""
    otras = ("desierta", *_ACEPTADAS, *_MODIFICABLES, *_IMPUGNABLES)
    for clave in ("cerrada", "abierta", "informada", "adjudicada", "ordenada", *otras):
        llamar(e, clave, dias=15)
        ofertar(e, clave)


def _habil(dias: int, paso: int = -1) -> datetime:
    """So many days from now, or the nearest instant of a working day before it (after it)."""
    from nucleo.bd import transaccion
    from nucleo.plazos import calendario
    from nucleo.reloj import ahora, fecha_bolivia

    instante = ahora() + timedelta(days=dias)
    with transaccion() as sesion:
        actual = calendario(sesion)
        while not actual.es_habil(fecha_bolivia(instante), ["010101", "020101"]):
            instante += timedelta(days=paso)
    return instante


def decidir(e: Escena) -> None:
    """Their deadline is over: one is opened, another awarded, another ordered."""
    from feria_inversa.apertura.apertura import abrir_convocatoria
    from feria_inversa.evaluacion.adjudicacion import adjudicar, adjudicar_con
    from feria_inversa.evaluacion.esquemas import DecisionEntrada
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    alberto = e.actor("alberto")
    e.valores["numero_de_acta"] = 1
    decididas = ("adjudicada", "ordenada", *_ACEPTADAS, *_MODIFICABLES)
    for clave in ("abierta", "informada", "desierta", *decididas, *_IMPUGNABLES):
        with transaccion() as sesion:
            abrir_convocatoria(sesion, alberto, e.valores[clave])
    for clave in decididas:
        with transaccion() as sesion:
            decision = DecisionEntrada(
                item_id=e.valores[f"item_{clave}"], oferta_id=e.valores[f"oferta_{clave}"]
            )
            adjudicar(sesion, alberto, e.valores[clave], [decision])
    reloj = Autorizacion.propia(Actor.sistema("plazo para decidir"))
    for clave in ("desierta", *_IMPUGNABLES):  # nobody decided these: whoever administers resolves
        with transaccion() as sesion:
            nada = DecisionEntrada(
                item_id=e.valores[f"item_{clave}"], oferta_id=None, motivo="Ninguna oferta cumple lo pedido."
            )
            adjudicar_con(sesion, reloj, e.valores[clave], [nada])
    se_puede_impugnar(e, _IMPUGNABLES, confirmado=False)
    for clave in _ACEPTADAS:
        _aceptada(e, clave)


def _aceptada(e: Escena, clave: str) -> None:
    """The order of what was awarded, which its supplier takes."""
    from feria_inversa.contratos.aceptacion import aceptar_orden
    from feria_inversa.contratos.ordenes import emitir_ordenes
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        e.valores[f"orden_{clave}"] = emitir_ordenes(sesion, e.actor("alberto"), e.valores[clave])[0].id
    with transaccion() as sesion:
        aceptar_orden(sesion, e.actor("tomasa"), e.valores[f"orden_{clave}"])


_ACEPTADAS = ("aceptada", "recibida", "atrasada")
_MODIFICABLES = ("modificable", "modificada")
_IMPUGNABLES = ("discutible", "impugnada", "juzgada")


def ordenar(e: Escena) -> None:
    """An order that waits for its supplier; of others, a delivery that waits, and one received."""
    from feria_inversa.contratos.entregas import entregar, recibir
    from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
    from feria_inversa.contratos.ordenes import emitir_ordenes
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia

    e.valores["entrega"] = 1
    dicho = EntregaEntrada(lineas=[LineaDeEntrega(numero=1, cantidad=Decimal(2))])
    for clave in ("aceptada", "recibida"):
        with transaccion() as sesion:
            entregar(sesion, e.actor("tomasa"), e.valores[f"orden_{clave}"], dicho)
    with transaccion() as sesion:
        recibir(sesion, e.actor("alberto"), e.valores["orden_recibida"], 1, RecepcionEntrada())
    e.valores["hoy_recibida"] = fecha_bolivia().isoformat()

    _garantizar(e)
    _modificar(e)
    with transaccion() as sesion:
        ordenes = emitir_ordenes(sesion, e.actor("alberto"), e.valores["ordenada"])
        e.valores["orden_de_compra"] = ordenes[0].id
    _impugnar(e)


def _garantizar(e: Escena) -> None:
    """Of an advance and of fulfilment where it is delivered; of an advance where it was received."""
    from feria_inversa.contratos.esquemas import GarantiaEntrada
    from feria_inversa.contratos.garantias import anular_garantia, registrar_garantia
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia

    e.valores |= {"garantia": 1, "garantia_de_cumplimiento": 2, "garantia_anulada": 2}
    dicho = {
        "forma": "boleta",
        "emisor": "Banco de la matriz",
        "documento": "77",
        "monto": bs("25.20"),
        "desde": "2024-01-01",
        "hasta": fecha_bolivia() + timedelta(days=300),
    }
    for orden, clase in (
        ("aceptada", "anticipo"),
        ("aceptada", "cumplimiento"),
        ("recibida", "anticipo"),
        ("recibida", "cumplimiento"),
    ):
        with transaccion() as sesion:
            datos = GarantiaEntrada.model_validate(dicho | {"clase": clase})
            registrar_garantia(sesion, e.actor("alberto"), e.valores[f"orden_{orden}"], datos)
    with transaccion() as sesion:
        anular_garantia(sesion, e.actor("alberto"), e.valores["orden_recibida"], 2, "Era de otra orden.")


def _modificar(e: Escena) -> None:
    """Two orders in their term to deliver; of one a change waits for its supplier."""
    from feria_inversa.contratos.esquemas import ModificacionEntrada
    from feria_inversa.contratos.modificaciones import proponer_modificacion
    from nucleo.bd import transaccion

    for clave in _MODIFICABLES:
        _aceptada(e, clave)
    e.valores["modificacion"] = 1
    datos = ModificacionEntrada(dias=5, motivo="El camino está cortado.")
    with transaccion() as sesion:
        proponer_modificacion(sesion, e.actor("alberto"), e.valores["orden_modificada"], datos)


def _impugnar(e: Escena) -> None:
    """An appeal that waits, and one that was resolved."""
    from feria_inversa.impugnacion.estados import EstadoImpugnacion
    from feria_inversa.impugnacion.impugnar import impugnar
    from feria_inversa.impugnacion.resolver import resolver_impugnacion
    from nucleo.bd import transaccion

    tienda = e.unidades["tienda"].id
    for clave in ("impugnada", "juzgada"):
        with transaccion() as sesion:
            hecha = impugnar(
                sesion,
                e.actor("tomasa"),
                e.valores[clave],
                e.valores[f"item_{clave}"],
                tienda,
                "Mi oferta cumple todo lo pedido.",
            )
            e.valores[f"impugnacion_{clave}"] = hecha.id
    with transaccion() as sesion:
        id_ = e.valores["impugnacion_juzgada"]
        resolver_impugnacion(
            sesion, e.actor("alberto"), id_, EstadoImpugnacion.CONFIRMADA, "Sin razón alguna."
        )


def preparar(e: Escena) -> None:
    """A draft, and two calls that take bids: one with the shop's."""
    from nucleo.reloj import ZONA, ahora

    borrador(e, "llamado")
    llamar(e, "publicada", dias=15)
    llamar(e, "sin_oferta", dias=15)
    ofertar(e, "publicada")
    ofertar(e, "publicada", "rosa", "rival_tienda", como="oferta_rival")
    _preguntar(e)
    e.valores["cierre"] = _habil(20).isoformat()
    pasado = ahora() - timedelta(hours=1)
    e.valores |= {
        "pasado": pasado.isoformat(),
        "pasado_local": pasado.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M"),
    }
    e.valores["manana_local"] = (ahora() + timedelta(days=1)).strftime("%Y-%m-%dT16:00")
    for n, dias in ((1, 31), (2, 38), (3, 45)):
        e.valores[f"dia_{n}"] = _habil(dias, 1).astimezone(ZONA).date().isoformat()
    e.valores["modalidad_directa"] = str(UUID(md5(b"modalidad:NB-SABS:CD").hexdigest()))
    e.valores["cierre_local"] = _habil(20).astimezone(ZONA).strftime("%Y-%m-%dT16:00")
    _archivar(e)
    _al_mercado(e)


def _al_mercado(e: Escena) -> None:
    """What was told of a process whose order was given: its entity, its supplier, what it asks and where."""
    from feria_inversa.panorama.vivos import llevar_proceso
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        llevar_proceso(sesion, e.valores["ordenada"])
        suyo = sesion.connection().exec_driver_sql(
            "SELECT p.entidad_codigo, p.departamento, i.familia, i.proveedor_numero"
            " FROM feria_mercado_proceso p JOIN feria_mercado_item i ON i.proceso_id = p.id"
            " ORDER BY i.proveedor_numero, i.familia LIMIT 1"
        )
        claves = ("entidad_del_mercado", "departamento_del_mercado", "familia_del_mercado", "quien_vendio")
        e.valores |= dict(zip(claves, suyo.one(), strict=True))


def _archivar(e: Escena) -> None:
    """The open data of what was published long ago, by month."""
    from feria_inversa.datos_abiertos.meses import hacer_mes, por_hacer
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        meses = por_hacer(sesion)
    for mes, unidad_id in meses:
        with transaccion() as sesion:
            assert hacer_mes(sesion, mes, unidad_id)
    e.valores |= {"mes_archivado": f"{min(mes for mes, _de in meses):%Y-%m}", "archivo_de_mes": "csv.zip"}


def _preguntar(e: Escena) -> None:
    """A question that waits, and one that was answered."""
    from feria_inversa.preguntas.preguntar import preguntar, responder
    from nucleo.bd import transaccion

    for clave in ("pregunta", "pregunta_respondida"):
        with transaccion() as sesion:
            tienda = e.unidades["tienda"].id
            duda = f"¿Se pide con respaldo? ({clave})"
            e.valores[clave] = preguntar(sesion, e.actor("tomasa"), e.valores["publicada"], tienda, duda).id
    with transaccion() as sesion:
        responder(sesion, e.actor("alberto"), e.valores["publicada"], e.valores["pregunta_respondida"], "Sí.")


def borrador(e: Escena, clave: str) -> None:
    from feria_inversa.procesos.consultas import items_de
    from feria_inversa.procesos.convocatorias import crear_borrador
    from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
    from nucleo.bd import transaccion

    privado = MARCA if clave == "llamado" else "de la matriz"
    datos = {
        "titulo": f"Mobiliario {privado}",
        "municipio_ine": "010101",
        "plazo_entrega_dias": 30,
    }
    pedido = {
        "descripcion": "Pupitre de madera",
        "unspsc": "56121500",
        "cantidad": "4",
        "unidad_medida": "pieza",
        "precio_referencial": bs("100.00"),
    }
    with transaccion() as sesion:
        hecha = crear_borrador(
            sesion,
            e.actor("alberto"),
            e.unidades["alcaldia"].id,
            ConvocatoriaEntrada.model_validate(datos),
            [ItemEntrada.model_validate(pedido)],
        )
        e.valores |= {clave: hecha.id, f"item_{clave}": items_de(sesion, hecha.id)[0].id}
        e.valores[f"version_{clave}"] = str(hecha.version)


def llamar(e: Escena, clave: str, *, dias: int) -> None:
    from feria_inversa.procesos.convocatorias import publicar_convocatoria
    from nucleo.bd import transaccion

    borrador(e, clave)
    with transaccion() as sesion:
        hecha = publicar_convocatoria(sesion, e.actor("alberto"), e.valores[clave], _habil(dias))
        e.valores[f"ocid_{clave}"] = hecha.ocid


def ofertar(
    e: Escena, clave: str, persona: str = "tomasa", unidad: str = "tienda", *, como: str = ""
) -> None:
    from feria_inversa.ofertas.esquemas import LineaEntrada
    from feria_inversa.ofertas.ofertas import presentar_oferta
    from nucleo.bd import transaccion

    linea = LineaEntrada.model_validate(
        {
            "item_id": e.valores[f"item_{clave}"],
            "precio_unitario": bs("90.00"),
            "marca": "Artesanal",
            "plazo_dias": 15,
        }
    )
    with transaccion() as sesion:
        de = e.unidades[unidad].id
        hecha = presentar_oferta(sesion, e.actor(persona), e.valores[clave], de, [linea])
        e.valores[como or f"oferta_{clave}"] = hecha.id


def vende_a_quien_compra(e: Escena) -> None:
    """Who buys for the town may sell for the shop that made a bid."""
    apoderar(e.unidades["tienda"], ["VENDER"], persona=e.personas["alberto"])


def se_puede_impugnar(e: Escena, de: Collection[str] = (), *, confirmado: bool = True) -> None:
    """The awards of every call, or of some, can be contested for many days."""
    ids = ", ".join(f"'{e.valores[clave]}'" for clave in de)
    donde = f" WHERE id IN ({ids})" if ids else ""
    e.administrar("ALTER TABLE feria_convocatoria DISABLE TRIGGER feria_convocatoria_paso")
    e.administrar(
        "UPDATE feria_convocatoria SET reglas = jsonb_set(reglas, '{valores,dias_impugnacion}', "
        """reglas #> '{valores,dias_impugnacion}' || """
        f"""'{{"valor": 60, "confirmado": {str(confirmado).lower()}}}'){donde}"""
    )
    e.administrar("ALTER TABLE feria_convocatoria ENABLE TRIGGER feria_convocatoria_paso")


def paso_el_plazo_de_firmar(e: Escena) -> None:
    """What was proposed was to be signed a while ago."""
    e.administrar("ALTER TABLE feria_modificacion DISABLE TRIGGER feria_escrito_una_vez")
    e.administrar(
        "UPDATE feria_modificacion SET propuesta_en = propuesta_en - interval '30 days',"
        " firmar_hasta = firmar_hasta - interval '30 days'"
    )
    e.administrar("ALTER TABLE feria_modificacion ENABLE TRIGGER feria_escrito_una_vez")
