"""People buy, cancel, receive, claim and send back while everything dies, by hand and by the post, services
and coupons too: each story ends as the last thing that was acknowledged of it says, and order, custody,
parcels, claims and ledger tell the same."""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from nucleo.ids import id_demo
from nucleo.reloj import fecha_bolivia
from tests.ayudas.viva import PlataformaViva
from tests.caos.test_muertes import sin_prisa
from tests.caos.verdugo import Verdugo
from tests.jornadas.ayudas import ENTREGA, Cliente

MUERTES = int(os.environ.get("QHATU_PRUEBAS_MUERTES", "0")) // 4 or 6
COMPRADORES = ("ana", "luis")
PACIENCIA_S = 120  # several deaths may come one after another
MOTIVO = {"motivo": "Se hizo mientras todo se caía."}

SERVICIO = str(id_demo("variante:MAD-10"))
SALIDAS = ("entregado", "concluido")

pytestmark = pytest.mark.lento


class Tienda:
    """One buyer's stories with one seller, whose goods are picked up at theirs or go by the post."""

    def __init__(self, viva: PlataformaViva, comprador: str, variante: str, desde: int) -> None:
        personas = (comprador, "cafe", "regulador", "correos", "madera")
        quienes = (Cliente(viva, persona, PACIENCIA_S) for persona in personas)
        self.quien, self.vende, self.decide, self.lleva, self.carpintero = quienes
        self.variante, self.desde, self.azar = variante, desde, random.Random(desde)
        self.unidad, self.correos = self.vende.unidad(), self.lleva.unidad()
        self.hechas: dict[str, tuple[str, int]] = {}  # by purchase: state of its order and pieces it keeps
        self.servicios: set[str] = set()  # the purchases of no goods

    def historia(self, n: int) -> str:
        """One of each between all of them first, then as it comes."""
        todas = (
            *(self.cancela, self.por_correo, self.conforme, self.devuelve),
            *(self.cancela_una, self.con_servicio, self.reclama, self.con_cupon),
        )
        como = todas[(self.desde * 2 + n) % len(todas)] if n < 2 else self.azar.choice(todas)
        compra = str(uuid4())
        self.hechas[compra] = como(compra)
        return como.__name__

    def _comprar(self, compra: str, *, forma: str = "retiro", espera: int = 201, **mas: Any) -> str:
        cuerpo = {
            "id": compra,
            "lineas": [{"variante_id": self.variante, "cantidad": 2}],
            "entrega": ENTREGA,
            "formas": [{"vendedor_id": self.unidad, "forma": forma}],
        }
        if forma == "correo":  # what it costs is seen first, and then agreed to
            mas |= {"porte": self.quien.enviar("/pedidos", cuerpo, 409)["porte"]}
        hecho = self.quien.enviar("/pedidos", cuerpo | mas, espera)
        return f"/pedidos/{hecho['pedidos'][0]['id']}" if espera == 201 else str(hecho["codigo"])

    def por_correo(self, compra: str) -> tuple[str, int]:
        ruta = self._comprar(compra, forma="correo")
        self._mandar(ruta)
        self.quien.enviar(f"{ruta}/conformidad", espera=200)
        return "concluido", 2

    def devuelve(self, compra: str) -> tuple[str, int]:
        """All of it goes back by the post, and the money once who sold has it."""
        ruta = self._comprar(compra, forma="correo")
        ida = self._mandar(ruta)
        queja = {"motivo": "no_es_lo_descrito", "relato": "Es de otra variedad."}
        suyo = f"/reclamos-de-compra/{self.quien.enviar(f'{ruta}/reclamos', queja)['id']}"
        self.vende.enviar(f"{suyo}/respuesta", {"que": "recibir", "texto": "Mándemelo."}, 200)
        vuelta = self.quien.enviar(f"/envios/{ida}/devolucion", {})["id"]
        self._llevar(vuelta, self.vende)
        self.vende.esperar(suyo, lambda r: r["estado"] == "por_revisar", PACIENCIA_S)
        self.vende.enviar(f"{suyo}/vuelta", {"que": "recibido"}, 200)
        return str(self.quien.leer(ruta)["estado"]), 2

    def con_servicio(self, compra: str) -> tuple[str, int]:
        ruta = self._comprar(compra, lineas=[{"variante_id": SERVICIO, "cantidad": 1}], formas=[])
        self.servicios.add(compra)
        self.carpintero.enviar(f"{ruta}/prestacion", {"evidencia": "Se midió y se armó."}, 200)
        self.quien.enviar(f"{ruta}/conformidad", espera=200)
        return "concluido", 1

    def con_cupon(self, compra: str) -> tuple[str, int]:
        """A coupon of one use is used once, whatever died meanwhile."""
        hoy, codigo = fecha_bolivia(), f"C{uuid4().hex[:10]}".upper()
        cupon = {
            "unidad_id": self.unidad,
            "codigo": codigo,
            "clase": "monto",
            "cuanto": "1.00",
            "usos": 1,
            "desde": str(hoy),
            "hasta": str(hoy + timedelta(days=9)),
        }
        self.vende.enviar("/cupones", cupon)
        self._comprar(compra, cupon=codigo)
        assert self._comprar(str(uuid4()), cupon=codigo, espera=409) == "cupon_no_vale"
        return "pagado", 2

    def _mandar(self, ruta: str) -> str:
        """By the post, until the shop has heard that it was delivered; its shipment."""
        hecho = self.vende.enviar(f"{ruta}/despacho", {"operador_id": self.correos}, 200)
        numero = hecho["paquetes"][0]["envio_numero"]
        suyos = self.quien.leer("/envios")["datos"]
        envio = next(str(e["id"]) for e in suyos if e["numero"] == numero)
        self._llevar(envio, self.quien)
        self.quien.esperar(ruta, lambda p: p["estado"] == "entregado", PACIENCIA_S)
        return envio

    def _llevar(self, envio: str, recibe: Cliente) -> None:
        self.lleva.enviar(f"/envios/{envio}/eventos", {"codigo": "EMA"})
        codigo = recibe.leer(f"/envios/{envio}")["codigo_entrega"]
        self.lleva.enviar(f"/envios/{envio}/entrega", {"codigo_entrega": codigo})

    def cancela(self, compra: str) -> tuple[str, int]:
        ruta = self._comprar(compra)
        self.quien.enviar(f"{ruta}/cancelacion", MOTIVO, 200)
        return "cancelado", 0

    def cancela_una(self, compra: str) -> tuple[str, int]:
        ruta = self._comprar(compra)
        (linea,) = self.quien.leer(ruta)["lineas"]
        una = {"lineas": [{"linea_id": linea["id"], "cantidad": 1}]}
        self.vende.enviar(f"{ruta}/cancelacion", MOTIVO | una, 200)
        return "pagado", 1

    def conforme(self, compra: str) -> tuple[str, int]:
        ruta = self._comprar(compra)
        self._entregar(ruta)
        self.quien.enviar(f"{ruta}/conformidad", espera=200)
        return "concluido", 2

    def reclama(self, compra: str) -> tuple[str, int]:
        """A part goes back by the authority's decision; the rest waits for its date."""
        ruta = self._comprar(compra)
        self._entregar(ruta)
        queja = {"motivo": "danado", "relato": "Una bolsa llegó abierta."}
        reclamo = self.quien.enviar(f"{ruta}/reclamos", queja)
        suyo = f"/reclamos-de-compra/{reclamo['id']}"
        self.vende.enviar(f"{suyo}/respuesta", {"que": "rechazar", "texto": "Salió cerrada."}, 200)
        self.quien.enviar(f"{suyo}/postura", {"que": "mediar", "texto": "Que decida la autoridad."}, 200)
        monto = {"monto": "1.00", "moneda": "BOB"}
        self.decide.enviar(f"{suyo}/decision", {"motivos": "Se devuelve una parte.", "monto": monto}, 204)
        return "entregado", 2

    def _entregar(self, ruta: str) -> None:
        self.vende.enviar(f"{ruta}/preparacion", espera=200)
        self.vende.enviar(f"{ruta}/alistamiento", espera=200)
        (paquete,) = self.quien.leer(ruta)["paquetes"]
        self.vende.enviar(f"{ruta}/entrega-en-mano", {"codigo_entrega": paquete["codigo_entrega"]}, 200)


def test_cada_compra_termina_como_se_dijo_mientras_todo_muere(plataforma_viva: PlataformaViva) -> None:
    viva = plataforma_viva
    sin_prisa(viva)
    variante, existencia = _la_que_mas_hay(viva)
    ((antes,),) = viva.en_la_base("SELECT existencia FROM comercio_existencia WHERE id = %s", existencia)
    verdugo = Verdugo(viva, MUERTES, MUERTES * 1.5, random.Random(11))
    tiendas = [Tienda(viva, c, variante, n) for n, c in enumerate(COMPRADORES * 2)]

    def comprar(tienda: Tienda) -> list[str]:
        contadas: list[str] = []
        while verdugo.is_alive() or len(contadas) < 4:
            contadas.append(tienda.historia(len(contadas)))
        return contadas

    verdugo.start()
    try:
        with ThreadPoolExecutor(len(tiendas)) as hilos:
            contadas = Counter(c for suyas in hilos.map(comprar, tiendas) for c in suyas)
    finally:
        verdugo.basta.set()
        verdugo.join()
    assert verdugo.fallo is None, viva.salida()
    print(f"\ncompras bajo muertes: {dict(contadas)}, muertes {dict(verdugo.hechas)}")

    dichas = {compra: fin for tienda in tiendas for compra, fin in tienda.hechas.items()}
    # Who sells is paid by the sweep, which must be alive again.
    viva.esperar(lambda: _por_entregar(viva) == 0 and _de_la_base(viva, list(dichas)) == dichas, plazo_s=180)
    servicios = set().union(*(t.servicios for t in tiendas))
    salieron = (n for c, (estado, n) in dichas.items() if estado in SALIDAS and c not in servicios)
    quedan = antes - sum(salieron)
    ((ahora,),) = viva.en_la_base("SELECT existencia FROM comercio_existencia WHERE id = %s", existencia)
    assert ahora == quedan
    verificacion = viva.orden("verify", "todo")
    assert verificacion.returncode == 0, verificacion.stdout + verificacion.stderr


def _la_que_mas_hay(viva: PlataformaViva) -> tuple[str, Any]:
    """A variant of the seller's on sale, and its stock."""
    vende = Cliente(viva, "cafe")
    filas = viva.en_la_base(
        "SELECT v.id::text, e.id FROM comercio_producto p JOIN comercio_variante v ON v.producto_id = p.id"
        " JOIN comercio_existencia e ON e.variante_id = v.id"
        " WHERE p.vendedor_id = %s AND p.estado = 'publicado' AND p.modalidad = 'envio'"
        " ORDER BY e.existencia - e.reservado DESC LIMIT 1",
        vende.unidad(),
    )
    return filas[0][0], filas[0][1]


def _por_entregar(viva: PlataformaViva) -> int:
    ((n,),) = viva.en_la_base("SELECT count(*) FROM nucleo_entrega WHERE hecha_en IS NULL")
    return int(n)


def _de_la_base(viva: PlataformaViva, compras: list[str]) -> dict[str, tuple[str, int]]:
    """The state of the order of each purchase, and the pieces of it that were not cancelled."""
    filas = viva.en_la_base(
        "SELECT p.compra_id::text, p.estado,"
        " ((SELECT sum(l.cantidad) FROM comercio_pedido_linea l WHERE l.pedido_id = p.id)"
        " - (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c"
        " WHERE c.pedido_id = p.id))::int"
        " FROM comercio_pedido p WHERE p.compra_id = ANY(%s::uuid[])",
        compras,
    )
    assert len(filas) == len(compras)
    return {compra: (estado, piezas) for compra, estado, piezas in filas}
