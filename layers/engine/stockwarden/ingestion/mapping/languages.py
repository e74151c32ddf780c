"""Names of the canonical fields in languages other than English and Spanish (see fields.py).

One entry per language and field, its names separated by `|`, as headers write them. A lot's names
are also those of the receipt number: which of the two a column holds, the rest of the file says.
"""

LANGUAGES: dict[str, dict[str, str]] = {
    "de": {
        "pallet_id": "Palette | Palettennummer | Paletten-Nr. | Palettennr | Paletten-ID | "
        "Palettencode | Lagereinheit | Lagereinheiten-Nr. | Lagereinheitennummer | LE-Nummer | "
        "LE-Nr. | LHM | LHM-Nummer | Ladungsträger | Ladungsträgernummer | Ladeeinheit | NVE | "
        "NVE-Nummer | HU-Nummer | Behälter | Behälternummer | Transporteinheit | Packstück | "
        "Packstücknummer | Kolli | Gebindenummer | Ladehilfsmittel",
        "location": "Lagerplatz | Lagerplatznummer | Stellplatz | Stellplatznummer | Lagerort | "
        "Lagerfach | Fach | Fachnummer | Regalplatz | Regalfach | Platz | Platznummer | "
        "Lagerposition | Lagerstelle | Palettenplatz | Standort | Platzcode | Platzbezeichnung | "
        "Aktueller Lagerplatz",
        "creation_date": "Wareneingang | Wareneingangsdatum | WE-Datum | Einlagerung | "
        "Einlagerungsdatum | Einlagerdatum | Eingang | Eingangsdatum | Zugang | Zugangsdatum | "
        "Erstellt | Erstellt am | Erstelldatum | Erstellungsdatum | Angelegt am | Anlagedatum | "
        "Erfassungsdatum | Datum Wareneingang | Datum | Eingelagert am",
        "receipt_number": "Lieferschein | Lieferscheinnummer | Lieferschein-Nr. | "
        "Wareneingangsnummer | WE-Nummer | Bestellung | Bestellnummer | Anlieferung | "
        "Anlieferungsnummer | Avis | Avisnummer | Wareneingangsbeleg | Materialbeleg",
        "lot": "Charge | Chargennummer | Chargen-Nr. | Los | Losnummer | Lot-Nr. | Chargennr",
        "description": "Bezeichnung | Artikelbezeichnung | Materialkurztext | Artikelname | "
        "Materialbezeichnung | Beschreibung | Artikelbeschreibung | Produktbezeichnung | "
        "Produktname | Warenbezeichnung | Artikeltext | Kurztext | Benennung",
        "quantity": "Menge | Bestand | Gesamtbestand | Anzahl | Stückzahl | Lagerbestand | "
        "Bestandsmenge | Istbestand | Verfügbarer Bestand | Verfügbare Menge | Stück",
        "unit": "ME | Mengeneinheit | Einheit | BME | Basismengeneinheit | MEH",
        "product_code": "Artikelnummer | Artikelnr | Artikel | Artikel-ID | Artikelcode | "
        "Materialnummer | Materialnr | Sachnummer | Teilenummer | Produktnummer | Produkt",
        "expiry_date": "MHD | Mindesthaltbarkeitsdatum | Mindesthaltbarkeit | Haltbarkeitsdatum | "
        "Haltbar bis | Verfallsdatum | Verfalldatum | Verfall | Ablaufdatum | Verbrauchsdatum",
        "location_type": "Lagertyp | Platztyp | Lagerplatztyp | Platzart | Lagerplatzart",
        "temperature_zone": "Temperaturzone | Temperaturbereich | Temperatur | Klimazone",
        "storage_class": "Lagerklasse | Lagerungsklasse | Temperaturklasse | Lagerbedingung",
        "last_movement_date": "Letzte Bewegung | Letzte Lagerbewegung | Datum letzte Bewegung | "
        "Letzter Bewegungstag | Letzte Buchung | Bewegungsdatum",
        "time_in_storage": "Lagerdauer | Verweildauer | Liegezeit | Standzeit | Lagertage | "
        "Alter | Alter in Tagen | Lagerzeit",
        "sscc": "SSCC-Nummer | SSCC/NVE",
        "gtin": "EAN-Nummer | EAN-Code | GTIN-Nummer",
        "weight": "Gewicht | Bruttogewicht | Nettogewicht | Gesamtgewicht | Gewicht kg",
    },
    "fr": {
        "pallet_id": "Palette | N° palette | Numéro de palette | Numéro palette | Code palette | "
        "ID palette | Identifiant palette | Réf. palette | Support | N° support | "
        "Code support | Unité logistique | UM | Unité de manutention | Unité de charge | "
        "Étiquette palette | Contenant | N° contenant | Colis | N° colis",
        "location": "Emplacement | Code emplacement | Emplacement de stockage | N° emplacement | "
        "Emplacement actuel | Adresse | Adresse de stockage | Casier | Alvéole | "
        "Localisation | Magasin emplacement | Place | Zone emplacement",
        "creation_date": "Date réception | Date de réception | Date d'entrée | Date entrée | "
        "Date de création | Date création | Date d'arrivée | Reçu le | Créé le | Date entrée stock "
        "| Date d'entrée en stock | Date mise en stock | Date",
        "receipt_number": "N° réception | Numéro de réception | Bon de réception | Réception | "
        "Bon de livraison | N° BL | BL | Commande | N° commande | Commande d'achat | Livraison",
        "lot": "N° lot | Numéro de lot | N° de lot | Code lot",
        "description": "Désignation | Libellé | Libellé article | Désignation article | "
        "Description article | Nom du produit | Nom article | Libellé produit | Intitulé",
        "quantity": "Quantité | Qté | Qté stock | Quantité en stock | Stock | Nombre | "
        "Quantité totale | Stock physique | Quantité physique | Nb colis",
        "unit": "Unité | Unité de mesure | Unité de stock | UDM",
        "product_code": "Code article | Article | Référence | Réf. article | Référence article | "
        "Code produit | N° article | Référence produit | Produit",
        "expiry_date": "DLC | DLUO | DDM | Date de péremption | Péremption | Date péremption | "
        "Date limite de consommation | Date d'expiration | Date limite | Date expiration",
        "location_type": "Type emplacement | Type d'emplacement | Type de stockage",
        "temperature_zone": "Zone de température | Zone température | Température",
        "storage_class": "Classe de stockage | Condition de stockage | Régime de température",
        "last_movement_date": "Dernier mouvement | Date dernier mouvement | "
        "Date du dernier mouvement | Date de mouvement",
        "time_in_storage": "Durée de stockage | Temps de stockage | Ancienneté | Âge | "
        "Jours en stock | Durée en stock",
        "sscc": "Code SSCC | N° SSCC",
        "gtin": "Code EAN | Code-barres EAN | Gencod",
        "weight": "Poids | Poids brut | Poids net | Poids total | Poids kg",
    },
    "pt": {
        "pallet_id": "Palete | N.º palete | Número da palete | Nº da palete | Número do palete | "
        "Código da palete | ID palete | Pallet | Número do pallet | Unidade de carga | UMA | "
        "Unidade logística | Etiqueta | Volume | Código do palete | Etiqueta palete",
        "location": "Localização | Endereço | Código do endereço | Posição | Posição de estoque | "
        "Local | Código localização | Localização atual | Posição palete | Vaga | Alvéolo | "
        "Endereço de estoque | Local de armazenagem",
        "creation_date": "Data de entrada | Data entrada | Data de receção | Data receção | "
        "Data de recebimento | Data recebimento | Data de criação | Criado em | Recebido em | "
        "Data de chegada | Data",
        "receipt_number": "Recebimento | Número de recebimento | Nota fiscal | NF | "
        "Nº nota fiscal | Número da nota fiscal | Guia de remessa | Encomenda | Pedido de compra | "
        "Ordem de compra | Receção",
        "lot": "Lote | Número do lote | Nº lote | Código do lote | N.º lote",
        "description": "Descrição | Descrição do produto | Descrição do artigo | Designação | "
        "Nome do produto | Descrição do item | Descrição do material | Produto",
        "quantity": "Quantidade | Qtd | Qtde | Qt | Quantidade em estoque | Estoque | Saldo | "
        "Quantidade total | Existência | Stock atual | Quantidade disponível",
        "unit": "Unidade | Unidade de medida | UN | Un. medida",
        "product_code": "Código do produto | Código produto | Código do item | Referência | "
        "Artigo | Código do artigo | Código artigo | Cód. produto | Código do material",
        "expiry_date": "Validade | Data de validade | Data validade | Vencimento | "
        "Data de vencimento | Data de expiração | Caducidade",
        "location_type": "Tipo de localização | Tipo de endereço | Tipo de posição",
        "temperature_zone": "Zona de temperatura | Temperatura | Faixa de temperatura",
        "storage_class": "Classe de armazenagem | Condição de armazenagem | "
        "Classe de armazenamento",
        "last_movement_date": "Último movimento | Data último movimento | "
        "Data do último movimento | Última movimentação | Data da última movimentação",
        "time_in_storage": "Tempo em estoque | Dias em estoque | Tempo de armazenagem | "
        "Tempo em armazém | Dias em stock | Idade",
        "sscc": "Código SSCC | Número SSCC",
        "gtin": "Código EAN | Código de barras EAN",
        "weight": "Peso | Peso bruto | Peso líquido | Peso total",
    },
    "it": {
        "pallet_id": "Bancale | N. bancale | Numero bancale | Codice bancale | ID bancale | "
        "Pedana | Numero pedana | Codice pedana | Numero pallet | Codice pallet | UDC | "
        "Codice UDC | Numero UDC | Unità di carico | Etichetta | Collo | Numero collo",
        "location": "Ubicazione | Codice ubicazione | Posizione | Cella | Vano | Locazione | "
        "Ubicazione attuale | Posto pallet | Scaffale | Codice cella | Indirizzo",
        "creation_date": "Data carico | Data di carico | Data ricezione | Data ricevimento | "
        "Data di ricevimento | Data entrata | Data ingresso | Data di ingresso | Data creazione | "
        "Data di creazione | Data arrivo | Creato il | Ricevuto il | Data",
        "receipt_number": "Bolla | Numero bolla | DDT | Numero DDT | N. DDT | Ordine d'acquisto | "
        "Ordine di acquisto | Ricevimento | Numero ricevimento | Documento di carico | Consegna",
        "lot": "Lotto | Numero lotto | N. lotto | Codice lotto | Lotto di produzione | Partita",
        "description": "Descrizione | Descrizione articolo | Descrizione prodotto | "
        "Denominazione | Nome prodotto | Descrizione materiale",
        "quantity": "Quantità | Qtà | Q.tà | Giacenza | Esistenza | Quantità totale | "
        "Quantità disponibile | Pezzi | Scorta | Giacenza attuale",
        "unit": "Unità | Unità di misura | UM | U.M. | UdM",
        "product_code": "Codice articolo | Articolo | Cod. articolo | Codice prodotto | "
        "Codice materiale | Materiale | Prodotto | Codice",
        "expiry_date": "Scadenza | Data scadenza | Data di scadenza | TMC | "
        "Da consumarsi entro | Termine minimo di conservazione",
        "location_type": "Tipo ubicazione | Tipo di ubicazione | Tipo cella | Tipo posizione",
        "temperature_zone": "Zona di temperatura | Zona temperatura | Temperatura",
        "storage_class": "Classe di stoccaggio | Classe stoccaggio | Condizioni di stoccaggio",
        "last_movement_date": "Ultimo movimento | Data ultimo movimento | "
        "Data dell'ultimo movimento | Ultima movimentazione",
        "time_in_storage": "Giorni di giacenza | Tempo di giacenza | Giorni in magazzino | "
        "Permanenza | Tempo di stoccaggio | Età",
        "sscc": "Codice SSCC | Numero SSCC",
        "gtin": "Codice EAN | Codice a barre EAN",
        "weight": "Peso | Peso lordo | Peso netto | Peso totale",
    },
    "nl": {
        "pallet_id": "Pallet | Palletnummer | Pallet nr | Palletnr | Pallet-ID | Palletcode | "
        "Pallet label | Palletlabel | Drager | Dragernummer | Ladingdrager | Ladingdragernummer | "
        "Colli | Collinummer | Lading | Eenheidslading | Houder",
        "location": "Locatie | Locatiecode | Locatienummer | Opslaglocatie | Magazijnlocatie | "
        "Huidige locatie | Stelling | Vak | Vakcode | Plaats | Bergplaats | Palletplaats | "
        "Stellinglocatie | Voorraadlocatie",
        "creation_date": "Ontvangstdatum | Datum ontvangst | Datum ontvangen | Ontvangen op | "
        "Inslagdatum | Datum inslag | Binnenkomst | Aanmaakdatum | Aangemaakt op | Ontvangen | "
        "Aanmaakdatum | Datum binnen | Datum",
        "receipt_number": "Ontvangst | Ontvangstnummer | Ontvangst nr | Pakbon | Pakbonnummer | "
        "Inkooporder | Inkoopordernummer | Inslagorder | Levering | Leveringsnummer | Zending",
        "lot": "Partij | Partijnummer | Partij nr | Batchnummer | Lotnummer | Partijcode",
        "description": "Omschrijving | Artikelomschrijving | Productomschrijving | Beschrijving | "
        "Artikelnaam | Productnaam | Benaming",
        "quantity": "Aantal | Hoeveelheid | Voorraad | Stuks | Aantal stuks | Voorraadaantal | "
        "Beschikbaar aantal | Totaal aantal",
        "unit": "Eenheid | Maateenheid | Meeteenheid | Voorraadeenheid",
        "product_code": "Artikelnummer | Artikel | Artikel nr | Artikelcode | Productcode | "
        "Productnummer | Materiaalnummer",
        "expiry_date": "THT | THT-datum | Houdbaarheidsdatum | Houdbaar tot | "
        "Ten minste houdbaar tot | Vervaldatum | TGT | TGT-datum | Uiterste datum",
        "location_type": "Locatietype | Type locatie | Soort locatie | Opslagtype",
        "temperature_zone": "Temperatuurzone | Temperatuur | Klimaatzone",
        "storage_class": "Opslagklasse | Temperatuurklasse | Bewaarconditie",
        "last_movement_date": "Laatste beweging | Datum laatste beweging | Laatste mutatie | "
        "Laatste mutatiedatum | Mutatiedatum | Laatste verplaatsing",
        "time_in_storage": "Opslagduur | Ligtijd | Dagen op voorraad | Dagen in opslag | Leeftijd",
        "sscc": "SSCC-nummer | SSCC-code",
        "gtin": "EAN-nummer | EAN-code",
        "weight": "Gewicht | Brutogewicht | Nettogewicht | Totaalgewicht",
    },
    "pl": {
        "pallet_id": "Paleta | Nr palety | Numer palety | Kod palety | ID palety | Nośnik | "
        "Nr nośnika | Numer nośnika | Jednostka logistyczna | Nr jednostki logistycznej | "
        "Jednostka ładunkowa | Etykieta logistyczna | Etykieta palety | Kod nośnika",
        "location": "Lokalizacja | Kod lokalizacji | Lokacja | Miejsce | Miejsce składowania | "
        "Adres | Gniazdo | Pozycja magazynowa | Miejsce paletowe | Adres magazynowy | "
        "Nr lokalizacji | Regał",
        "creation_date": "Data przyjęcia | Data przyjęcia na magazyn | Data dostawy | "
        "Data utworzenia | Utworzono | Przyjęto | Data wejścia | Data wpływu | Data",
        "receipt_number": "Nr przyjęcia | Numer przyjęcia | Przyjęcie | PZ | Nr PZ | Dokument PZ | "
        "Nr dostawy | Dostawa | Zamówienie | Nr zamówienia | Awizacja",
        "lot": "Partia | Nr partii | Numer partii | Seria | Nr serii | Numer serii",
        "description": "Opis | Nazwa | Nazwa towaru | Opis towaru | Nazwa produktu | "
        "Nazwa artykułu | Opis materiału | Towar | Nazwa materiału | Asortyment",
        "quantity": "Ilość | Stan | Stan magazynowy | Liczba | Ilość sztuk | Ilość dostępna | "
        "Zapas | Liczba sztuk | Sztuk",
        "unit": "JM | J.m. | Jednostka miary | Jednostka | Jedn. miary",
        "product_code": "Kod towaru | Indeks | Indeks towaru | Kod produktu | Kod artykułu | "
        "Nr artykułu | Symbol | Symbol towaru | Numer materiału | Kod materiału | SKU towaru",
        "expiry_date": "Data ważności | Termin ważności | Ważność | Data przydatności | "
        "Termin przydatności | Najlepiej spożyć przed | Należy zużyć do",
        "location_type": "Typ lokalizacji | Rodzaj lokalizacji | Typ miejsca",
        "temperature_zone": "Strefa temperaturowa | Strefa temperatury | Temperatura",
        "storage_class": "Klasa składowania | Warunki składowania | Klasa temperaturowa",
        "last_movement_date": "Ostatni ruch | Data ostatniego ruchu | Ostatnie przesunięcie | "
        "Data ostatniej operacji",
        "time_in_storage": "Czas składowania | Dni na magazynie | Wiek | Czas zalegania | "
        "Dni składowania",
        "sscc": "Numer SSCC | Kod SSCC | Nr SSCC",
        "gtin": "Kod EAN | Numer EAN",
        "weight": "Waga | Waga brutto | Waga netto | Masa | Masa brutto | Masa netto",
    },
}
